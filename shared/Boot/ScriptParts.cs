using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>
/// What all generated iPXE scripts have in common. They use only commands that are in stock builds of 2019 and later: set, inc, iseq,
/// isset, echo, sleep, goto, prompt, menu, item, choose, shell, sanboot, reboot, exit and the image commands. Settings that they make
/// begin with <c>nb-</c>, so that they are in nobody's way. iPXE ends a script at the first line that fails, and without a word. So every
/// line but <c>echo</c>, <c>goto</c> and <c>exit</c> ends with <c>||</c>: alone where nothing depends on it (even <c>set</c> fails when a
/// setting cannot be applied), else with a place to go. A file that cannot be fetched goes to <c>:failed</c> with the label to come back
/// to in <c>nb-from</c> and its URL in <c>nb-url</c>; one that cannot be started goes to <c>:ended</c>.
/// </summary>
internal static class ScriptParts
{
    /// <summary>Attempts before a script gives up. With the growing pause they last 90 seconds and more: a NAS may be waking.</summary>
    internal const string Attempts = "10";

    /// <summary>
    /// A script begins clean. What a loader's own script or a menu left (netboot.xyz's and FOG's builds leave the device's
    /// <c>autoexec.ipxe</c>) is an image as well as any, and a kernel is handed all images as its initrd, in their order. The running
    /// scripts are not among them (iPXE, core/image.c).
    /// </summary>
    internal const string FirstLines = "#!ipxe\n" + Clean;

    /// <summary>Frees every image; before a kernel is fetched again too, or the one that came broken would stay.</summary>
    internal const string Clean = "imgfree ||\n";

    internal const string Start = FirstLines + "set nb-try:int32 0 ||\nset nb-wait:int32 0 ||\n";

    // What the machine tells the device's journal. A device that is gone costs two seconds and nothing else; the answer is freed at once,
    // for a UEFI kernel would be handed it as part of its initrd. (--timeout is in iPXE since 2014.)
    internal const string Fetch = "imgfetch --timeout 2000 --name nb-report ";
    internal const string Free = " && imgfree nb-report ||\n";
    private const string FailedAt = "isset ${nb-to} && " + Fetch + "${nb-to}&stage=failed&at=${nb-from}&error=${nb-error}";
    private const string Failed = FailedAt + "&url=${nb-url}" + Free;
    private const string FailedWithoutUrl = FailedAt + Free;

    // iPXE prints the URL and its reason by itself, in 2019 as today. The number of its error is kept first: the next command that fails
    // replaces it.
    private const string RetryStart =
        ":failed\n"
        + "set nb-error ${errno:hexraw} ||\n";

    private const string RetryRest = "inc nb-try ||\n"
        + "iseq ${nb-try} " + Attempts + " && goto gave-up ||\n"
        + "inc nb-wait 2 ||\n"
        + "echo Netboot: attempt ${nb-try} of " + Attempts + " failed, next in ${nb-wait} seconds (Ctrl-C stops)\n"
        + "sleep ${nb-wait} || goto stopped\n"
        + "goto ${nb-from}\n"
        + ":gave-up\n"
        + "echo\n"
        + "echo Netboot: NOT BOOTED. Attempt ${nb-try} of " + Attempts + " failed too:\n"
        + "echo Netboot: ${nb-url} (error ${nb-error})\n"
        + "echo Netboot: ";

    // A script that says "exit 1" means it: its author knows EDK2. Errors of iPXE itself are larger numbers.
    private const string StopStart =
        "/\ngoto stopped\n"
        + ":ended\n"
        + "set nb-error ${errno:hexraw} ||\n"
        + "iseq ${nb-error} 00000001 && goto leave ||\n";

    private const string StopRest =
        "echo\n"
        + "echo Netboot: NOT BOOTED. Loaded, but did not start or ended with an error:\n"
        + "echo Netboot: ${nb-url} (error ${nb-error}, see https://ipxe.org/${nb-error})\n"
        + ":stopped\n"
        + "prompt --key s --timeout 60000 Press s for the iPXE shell. Otherwise this machine restarts in 60 seconds. && shell ||\n"
        + "reboot ||\n"
        + LeaveLabel;

    internal const string LeaveLabel = ":leave\n";

    /// <summary>Ends iPXE so that the firmware goes on to what comes next in its boot order.</summary>
    // EDK2 takes a loader that ends without an error for the end of all booting and shows its setup menu; after an error it goes on to the
    // next entry of its boot order. A BIOS goes on in any case, and iPXE would print the error.
    internal const string Leave = "iseq ${platform} efi && exit 1 ||\nexit\n";

    /// <summary>Before and after the name of a stage: a line that tells it to the journal.</summary>
    internal const string Report = Fetch + "${nb-to}&stage=";

    /// <summary>Tells iPXE where to send its own log (UDP 514) and its reports: to the device at this address, as URLs have it.</summary>
    internal static void WriteJournal(PartWriter writer, byte[] authority)
    {
        int colon = Octets.IndexOf(authority, 0, authority.Length, (byte)':');
        writer.Text(Start + "set syslog ").Raw(authority, 0, colon < 0 ? authority.Length : colon);
        writer.Text(" ||\nset nb-to http://").Raw(authority).Text("/report?mac=${netX/mac:hexhyp} ||\necho Netboot: profile ");
    }

    /// <summary>Behind an advice what to check; then comes the device's address.</summary>
    internal const string More = "\necho Netboot: more at http://";

    /// <summary>
    /// The last lines of a script that fetches: what happens when a file does not come, at last with an <paramref name="advice"/> what to
    /// check (with <see cref="More"/> at its end), and when one does not start.
    /// </summary>
    internal static void WriteEnd(PartWriter writer, byte[] authority, string advice, bool longUrl)
    {
        writer.Text(longUrl ? RetryStart + FailedWithoutUrl + RetryRest : RetryStart + Failed + RetryRest).Text(advice).Raw(authority);
        writer.Text(longUrl ? StopStart + FailedWithoutUrl + StopRest + Leave : StopStart + Failed + StopRest + Leave);
    }
}
