namespace Netboot.Logging;

/// <summary>
/// What a log entry tells. The text of each is made by an <see cref="ILineFormat"/>; a packet path only stores the number.
/// </summary>
public enum LogEvent : byte
{
    /// <summary>Nothing: an unused place in the ring.</summary>
    None = 0,

    /// <summary>A service listens; Number is its port.</summary>
    Listening,

    /// <summary>A service could not open its socket; Number is the port, Text the reason.</summary>
    CannotListen,

    /// <summary>A loop survived an exception; Text says which.</summary>
    Fault,

    /// <summary>A free line; Text is all of it.</summary>
    Note,

    /// <summary>A proxy offer left; Text is the bootfile.</summary>
    Offered,

    /// <summary>The boot server on 4011 answered; Text is the bootfile.</summary>
    BootServerAnswered,

    /// <summary>A machine that asked to netboot gets no answer; Text says why.</summary>
    NotAnswered,

    /// <summary>A packet that is no valid DHCP or TFTP; Text says why.</summary>
    Malformed,

    /// <summary>A transfer began; Text is the file, Number its size.</summary>
    TransferStarted,

    /// <summary>A transfer is complete; Text is the file, Number its size, Milliseconds how long it took.</summary>
    TransferDone,

    /// <summary>A transfer ended early; Text is the file and the reason.</summary>
    TransferFailed,

    /// <summary>A file was asked for that the catalogue lacks; Text is its name.</summary>
    FileMissing,

    /// <summary>
    /// A machine fetched its script; Text is the profile.
    /// </summary>
    ScriptSent,

    /// <summary>An HTTP request was answered; Text is method and path, Number the status.</summary>
    Request,

    /// <summary>
    /// A machine's script or system reports; Number is the stage, or -1 for a failure: then Text is what failed and Milliseconds iPXE's
    /// error.
    /// </summary>
    Reported,

    /// <summary>
    /// The journal found out why a machine does not get on: Number is its code, Milliseconds its argument, Text its text.
    /// </summary>
    Diagnosis,

    /// <summary>A machine sent a line by syslog: Text; Number is its severity, 0 to 7.</summary>
    Said,

    /// <summary>A machine was sent a Wake-on-LAN packet.</summary>
    Woken,

    /// <summary>Another server was heard on the LAN: Text says what it tells machines.</summary>
    OtherServer,

    /// <summary>Somebody used the page; Text says what for, the machine is the computer it came from.</summary>
    PageUsed,
}
