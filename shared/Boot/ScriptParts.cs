using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>
/// What all generated iPXE scripts have in common. They use only commands that are in stock builds of 2019 and later: set, inc, iseq, echo, sleep,
/// goto, prompt, shell, reboot, exit and the image commands. Settings that they make begin with <c>nb-</c>, so that they are in nobody's way.
/// A part that can fail goes to <c>:failed</c> with the label to come back to in <c>nb-from</c> and what was asked for in <c>nb-url</c>.
/// </summary>
internal static class ScriptParts
{
    /// <summary>Attempts before a script gives up. With the growing pause they last 90 seconds and more: a NAS may be waking.</summary>
    internal const string Attempts = "10";

    private const string Start = "#!ipxe\nset syslog ";

    private const string Counters = "\nset nb-try:int32 0\nset nb-wait:int32 0\n";

    // The number of iPXE's error is first kept: the next command that fails replaces it. Its page on ipxe.org names cause and cure.
    private const string Retry =
        ":failed\n"
        + "set nb-error ${errno:hexraw}\n"
        + "inc nb-try\n"
        + "echo Netboot: attempt ${nb-try} of " + Attempts + " failed: ${nb-url} (https://ipxe.org/${nb-error})\n"
        + "iseq ${nb-try} " + Attempts + " && goto gave-up ||\n"
        + "inc nb-wait 2\n"
        + "echo Netboot: next attempt in ${nb-wait} seconds, Ctrl-C stops\n"
        + "sleep ${nb-wait} || goto stopped\n"
        + "goto ${nb-from}\n"
        + ":gave-up\n"
        + "echo\n"
        + "echo Netboot: this machine was not booted. It did not get: ${nb-url}\n"
        + "echo ";

    private const string Stop =
        ":ended\n"
        + "set nb-error ${errno:hexraw}\n"
        + "echo\n"
        + "echo Netboot: ${nb-url} was loaded but did not start, or ended with an error (https://ipxe.org/${nb-error})\n"
        + ":stopped\n"
        + "prompt --key s --timeout 60000 Press s for the iPXE shell. Without it this machine restarts in 60 seconds. && shell ||\n"
        + "reboot\n";

    /// <summary>The first lines: iPXE logs to the device (where its build can), nothing has failed yet.</summary>
    internal static void WriteStart(ByteWriter writer, byte[] device, int deviceOffset)
    {
        writer.Text(Start).Address(device, deviceOffset).Text(Counters);
    }

    /// <summary>The last lines: what happens after a failure. <paramref name="advice"/> says what to check; the device's page comes after it.</summary>
    internal static void WriteEnd(ByteWriter writer, string advice, byte[] device, int deviceOffset)
    {
        writer.Text(Retry).Text(advice).Text(" The device's own page: http://").Address(device, deviceOffset).Text("/\ngoto stopped\n").Text(Stop);
    }
}
