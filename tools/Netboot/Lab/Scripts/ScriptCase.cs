using System;
using System.Collections.Generic;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>How the boot of a case ends.</summary>
internal enum ScriptEnd
{
    /// <summary>It says on its screen what failed, tells the journal, and restarts after a wait.</summary>
    Restarts,

    /// <summary>Linux says that it is up.</summary>
    Up,

    /// <summary>The machine goes on with the next entry in its firmware's boot order.</summary>
    NextDevice,
}

/// <summary>One kind of script, with one step of it failing or with what used to make it fail.</summary>
/// <param name="Profile">The profile's keys; {0} is the run's own command line.</param>
/// <param name="Screen">What its screen has to say; for a failure, the URL.</param>
/// <param name="At">The stage at which the journal has to say that it failed; null: the device cannot know.</param>
/// <param name="Errors">iPXE's class of the error, the first two digits of its number; any of these.</param>
/// <param name="Uefi">On OVMF, with the build's loader; else on SeaBIOS with its ROM.</param>
internal sealed record ScriptCase(string Name, string Profile, ScriptEnd End, string Screen, string? At = null, string Errors = "",
    bool Uefi = false)
{
    /// <summary>
    /// Cases on the network of one device: it takes 24 profiles, of which the lab itself has two and the menus two, and keeps track of 20
    /// machines.
    /// </summary>
    private const int OnOneDevice = 20;

    /// <summary>All networks of one iPXE.</summary>
    public static int Devices => (All.Count + OnOneDevice - 1) / OnOneDevice;

    /// <summary>The cases of one of them.</summary>
    public static IEnumerable<ScriptCase> Of(int device) => All.Skip(device * OnOneDevice).Take(OnOneDevice);

    /// <summary>Further sections that its profile needs, {0} as there.</summary>
    public string Further { get; init; } = "";

    /// <summary>A key that a person presses when the screen shows <see cref="PressAt"/>.</summary>
    public string Press { get; init; } = "";

    /// <summary>
    /// Text of the screen, not of the line that is painted last. SeaBIOS leaves blanks out where there are more than one.
    /// </summary>
    public string PressAt { get; init; } = "";

    /// <summary>What it tries is up to the device, not to the build of iPXE: the newest of them is enough.</summary>
    public bool NewestOnly { get; init; }

    /// <summary>Further keys of its machine.</summary>
    public string Machine { get; init; } = "";

    /// <summary>What the screen has to say when the same machine is switched on a second time; empty: it is not.</summary>
    public string Again { get; init; } = "";

    /// <summary>The port of a mirror of its own, killed while the machine fetches from it and started again; 0: none.</summary>
    public int OwnMirror { get; init; }

    /// <summary>What the API says about its machine, given the run's own command line; null: it asks no API.</summary>
    public Func<string, BootApiAnswer>? Api { get; init; }

    /// <summary>Nobody listens there: the mirror's web server is off.</summary>
    private const string DeadMirror = $"http://{LabNetwork.MirrorAddress}:81/vmlinuz";

    /// <summary>Nobody has this address: the mirror itself is off.</summary>
    private const string NoMirror = "http://10.77.0.9/vmlinuz";

    // iPXE's include/errno.h: 2d no such file, 2e not executable, 0e refused, 0f reset, 17, 28 unreachable, 4c timed out, 46 out of range,
    // 7f one of EFI's own.
    private const string NoFile = "2d";
    private const string NotExecutable = "2e";
    private const string OutOfRange = "46";
    private const string NotThere = "0e 0f 17 28 2d 3e 4c";

    /// <summary>
    /// All cases; each is tried with each iPXE unless it says otherwise. Those that take longest come first, because they wait while the
    /// others boot. All menus have their items from cases of one network.
    /// </summary>
    public static readonly IReadOnlyList<ScriptCase> All =
    [
        new("mirror-killed", KilledMirror(82), ScriptEnd.Up, "Netboot: attempt 1 of 10 failed") { OwnMirror = 82 },
        new("uefi-mirror-killed", KilledMirror(83), ScriptEnd.Up, "Netboot: attempt 1 of 10 failed", Uefi: true) { OwnMirror = 83 },
        new("mirror-off", $"kernel = {NoMirror}", ScriptEnd.Restarts, NoMirror, "kernel", NotThere),
        new("report-unheard", $"script = {ScriptFiles.ReportUnheard}", ScriptEnd.Restarts, Url("none-kernel")),
        new("report-refused", $"script = {ScriptFiles.ReportRefused}", ScriptEnd.Restarts, Url("none-kernel")),
        new("mirror-dead", $"kernel = {DeadMirror}", ScriptEnd.Restarts, DeadMirror, "kernel", NotThere),
        new("initrd-missing", "kernel = vmlinuz-amd64\ninitrd = none-initrd", ScriptEnd.Restarts, Url("none-initrd"), "initrd0", NoFile),
        new("script-missing", "script = none.ipxe", ScriptEnd.Restarts, Url("none.ipxe"), "script", NoFile),
        new("kernel-missing", "kernel = none-kernel", ScriptEnd.Restarts, Url("none-kernel"), "kernel", NoFile),
        new("kernel-no-kernel", $"kernel = {ScriptFiles.WebPage}", ScriptEnd.Restarts, Url(ScriptFiles.WebPage), "kernel", NotExecutable),
        // It has what iPXE looks for, but asks for memory that no machine of the lab has.
        new("kernel-refused", $"kernel = {ScriptFiles.RefusedKernel}", ScriptEnd.Restarts, Url(ScriptFiles.RefusedKernel), "start",
            OutOfRange),
        new("script-no-script", $"script = {ScriptFiles.WebPage}", ScriptEnd.Restarts, Url(ScriptFiles.WebPage), "script", NotExecutable),
        new("script-with-error", $"script = {ScriptFiles.FailingScript}", ScriptEnd.Restarts, Url(ScriptFiles.FailingScript), "script",
        NoFile),
        // Another architecture's kernel: here the firmware refuses it.
        new("uefi-kernel-refused", "kernel = vmlinuz-arm64", ScriptEnd.Restarts, Url("vmlinuz-arm64"), "kernel start", "2e 7f", Uefi: true),
        .. ApiCases.All,
        new("left-image", $"script = {ScriptFiles.LeftImage}", ScriptEnd.Up, "Netboot: profile lab"),
        new("own-initrds", OwnInitrds, ScriptEnd.Up, "Netboot: profile own-initrds"),
        new("local", "kind = local", ScriptEnd.NextDevice, "NOT BOOTED. Its first disk"),
        new("deny", "kind = deny\nmessage = not in the lab", ScriptEnd.NextDevice, "Reason: not in the lab"),
        new("uefi-left-image", $"script = {ScriptFiles.LeftImage}", ScriptEnd.Up, "Netboot: profile lab", Uefi: true),
        new("uefi-own-initrds", OwnInitrds, ScriptEnd.Up, "Netboot: profile uefi-own-initrds", Uefi: true),
        new("menu", Menu + "default = menu-system\ntimeout = 3", ScriptEnd.Up, "Netboot: profile menu-system") { Further = MenuItems },
        new("menu-key", Menu + "timeout = 0", ScriptEnd.Up, "Netboot: profile menu-system")
        {
            PressAt = "A refusal", Press = "2",
        },
        new("menu-in-menu", "item = menu  Another menu\ntimeout = 2", ScriptEnd.Up, "Netboot: profile menu-system"),
        new("menu-disk", "item = local  The disk -- its own\ntimeout = 2", ScriptEnd.NextDevice, "Netboot: profile local"),
        new("inline", Inline, ScriptEnd.Up, $"from {LabNetwork.DeviceAddress}"),
        new("uefi-inline", Inline, ScriptEnd.Up, $"from {LabNetwork.DeviceAddress}", Uefi: true) { NewestOnly = true },
        new("once", Menu + "default = menu-system\ntimeout = 2", ScriptEnd.Up, "Netboot: profile lab")
        {
            Machine = "once = lab\n", Again = "Netboot: profile menu-system", NewestOnly = true,
        },
        new("uefi-once", Menu + "default = menu-system\ntimeout = 2", ScriptEnd.Up, "Netboot: profile lab", Uefi: true)
        {
            Machine = "once = lab\n", Again = "Netboot: profile menu-system", NewestOnly = true,
        },
        new("uefi-deny", "kind = deny\nmessage = not in the lab", ScriptEnd.NextDevice, "Reason: not in the lab", Uefi: true)
        {
            NewestOnly = true,
        },
        // The lab's init looks whether the file is there.
        new("named-file",
            $"kernel = vmlinuz-amd64\ninitrd = initrd-amd64\ninitrd = {ScriptFiles.WebPage} /page.html\n"
                + $"command-line = {{0}} {Initrd.FileWord}/page.html",
            ScriptEnd.Up, "Netboot: profile named-file"),
        new("long-url", $"kernel = vmlinuz-amd64?token={new string('t', 850)}\ninitrd = initrd-amd64\ncommand-line = {{0}}", ScriptEnd.Up,
            "Netboot: profile long-url"),
        new("uefi-menu", Menu + "default = menu-system\ntimeout = 3", ScriptEnd.Up, "Netboot: profile menu-system", Uefi: true),
        new("uefi-menu-key", Menu + "timeout = 0", ScriptEnd.Up, "Netboot: profile menu-system", Uefi: true)
        {
            PressAt = "A refusal", Press = "2",
        },
    ];

    private const string Menu = "item = menu-no  A refusal\nitem = menu-system  The lab's system\n";

    private const string MenuItems =
        "[profile menu-no]\nkind = deny\n[profile menu-system]\nkernel = vmlinuz-amd64\ninitrd = initrd-amd64\ncommand-line = {0}\n";

    private static string Inline =>
        $"line = echo Hello {{name}} at {{ip}} from {{device}}\nline = kernel {Url("vmlinuz-amd64")} initrd=i {{0}}\n"
            + "line = initrd --name i {mirror}initrd-amd64\nline = boot";

    // As people publish them. The second is the lab's own; without the first a kernel that takes them by name does not start.
    private const string OwnInitrds =
        $"kernel = vmlinuz-amd64\ninitrd = {ScriptFiles.FirstInitrd}\ninitrd = initrd-amd64\n"
            + "command-line = initrd=first.img {0} initrd=/boot/second.img";

    // The long file is what the machine fetches when its mirror is killed; the kernel skips the zeros in it.
    private static string KilledMirror(int port) =>
        $"kernel = {MirrorOutage.Url(port)}vmlinuz-amd64\ninitrd = {MirrorOutage.Url(port)}{ScriptFiles.LongFile}\n"
            + $"initrd = {MirrorOutage.Url(port)}initrd-amd64\ncommand-line = {{0}}";

    private static string Url(string file) => BootFiles.MirrorUrl + file;
}
