using Netboot.FirmwareImage.Boards;
using Netboot.Settings;

namespace Netboot.Tool.Flash;

/// <summary>
/// What flashing does, step by step. Each step is a separate run of nanoff, so that a failure belongs to one step, and because of how
/// nanoff 2.5 works: combined with --update it ignores --address and puts the image at its own default; --target with a settings file would
/// send the chip into its boot loader, where nothing answers.
/// </summary>
internal sealed class FlashPlan
{
    /// <summary>The board's drive that holds the settings.</summary>
    private const string BoardDrive = @"I:\";

    private const string NetworkFile = "network.json";
    private const string AuthorityList = "authority.json";
    private const string FileList = "files.json";
    private const string SettingsFile = "netboot.cfg";

    /// <summary>Downloads about 1 MB and writes 2 MB at worst over a port that fell back to 115200 baud.</summary>
    private static readonly TimeSpan UpdateLimit = TimeSpan.FromMinutes(10);

    /// <summary>Under 2 MB at worst over a port that fell back to 115200 baud.</summary>
    private static readonly TimeSpan DeployLimit = TimeSpan.FromMinutes(6);

    /// <summary>nanoff tries to connect six times for five seconds, then waits for the start-up; a few KB are sent in no time.</summary>
    private static readonly TimeSpan ConfigureLimit = TimeSpan.FromMinutes(2);

    private FlashPlan(IReadOnlyList<FlashStep> steps, IReadOnlyList<SecretFile> files)
    {
        Steps = steps;
        Files = files;
    }

    /// <summary>The runs of nanoff, in order.</summary>
    public IReadOnlyList<FlashStep> Steps { get; }

    /// <summary>The files that have to be in the folder before them.</summary>
    public IReadOnlyList<SecretFile> Files { get; }

    /// <summary>The plan for a request that is fully decided; it refers to files in <paramref name="folder"/>.</summary>
    public static FlashPlan Make(
        FlashRequest request, BoardKind board, string port, string image, NetworkSettings? network, BoardSettings? settings,
        string? authority, string folder)
    {
        List<FlashStep> steps = [];
        List<SecretFile> files = [];
        string target = request.Target ?? board.Target;
        string[] always = ["--serialport", port, "--suppressnanoffversioncheck"];
        if (!request.ConfigOnly)
        {
            // The least output: with more, nanoff moves the cursor, which fails in the middle of flashing when a program reads its
            // output.
            steps.Add(new(StepKind.Update, $"nanoFramework firmware {request.FirmwareVersion} for {target}", UpdateLimit,
                ["--target", target, "--update", "--fwversion", request.FirmwareVersion, .. always, "--verbosity", "m"]));
            steps.Add(new(StepKind.Deploy, $"application at {BoardKind.Hex(board.DeployAddress)}", DeployLimit,
                ["--target", target, "--deploy", "--image", image, "--address", BoardKind.Hex(board.DeployAddress), .. always]));
        }

        if (network != null)
        {
            files.Add(new(NetworkFile, network.ToJson(masked: false), network.ToJson(masked: true)));
            steps.Add(new(StepKind.Network, network.Wifi == null ? "network" : "network and Wi-Fi", ConfigureLimit,
                ["--networkdeployment", Path.Combine(folder, NetworkFile), .. always]));
        }

        if (authority != null)
        {
            string list = JsonText.OneFile(Path.Combine(folder, AuthorityFile.Name), BoardDrive + AuthorityFile.Name);
            files.Add(new(AuthorityFile.Name, authority, authority));
            files.Add(new(AuthorityList, list, list));
            steps.Add(new(StepKind.Authority, "the authority's certificate", ConfigureLimit,
                ["--filedeployment", Path.Combine(folder, AuthorityList), .. always]));
        }

        if (settings != null)
        {
            string list = JsonText.OneFile(Path.Combine(folder, SettingsFile), BoardDrive + SettingsStore.ImportFile);
            files.Add(new(SettingsFile, settings.Text, settings.Masked));
            files.Add(new(FileList, list, list));
            steps.Add(new(StepKind.Files, "settings", ConfigureLimit, ["--filedeployment", Path.Combine(folder, FileList), .. always]));
        }

        return new FlashPlan(steps, files);
    }
}
