using System.Text.Json;

namespace Netboot.StandIn.Nanoff;

/// <summary>
/// Plays nanoff back. In its own folder: STEP.txt is what it prints, STEP.exit the exit code, STEP.wait makes it stay for ever; STEP is
/// update, deploy, network or files. It leaves there calls.txt (its arguments, a line each run), the files that it was given, and who may
/// read them.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        string folder = AppContext.BaseDirectory;
        string step = StepOf(arguments);
        File.AppendAllText(Path.Combine(folder, "calls.txt"), string.Join(' ', arguments) + "\n");
        File.WriteAllText(
            Path.Combine(folder, step + ".environment"),
            string.Join('\n',
            new[] { "NANOFRAMEWORK_TELEMETRY_OPTOUT", "DOTNET_ROLL_FORWARD", "TMPDIR", "NETBOOT_PAGE_PASSWORD", "NETBOOT_WIFI_PASSWORD" }
                .Select(name => name + "=" + Environment.GetEnvironmentVariable(name))));
        Keep(folder, step, arguments);
        if (File.Exists(Path.Combine(folder, step + ".wait")))
        {
            File.WriteAllText(Path.Combine(folder, "waiting"), Environment.ProcessId.ToString());
            Thread.Sleep(Timeout.Infinite);
        }

        string output = Path.Combine(folder, step + ".txt");
        if (File.Exists(output))
        {
            // Lines that begin with ## say where the text is from.
            Console.Out.Write(string.Concat(File.ReadLines(output).Where(line => !line.StartsWith("##", StringComparison.Ordinal))
                .Select(line => line + "\n")).Replace("<CR>", "\r"));
        }

        string exit = Path.Combine(folder, step + ".exit");
        return File.Exists(exit) ? int.Parse(File.ReadAllText(exit)) : 0;
    }

    private static string StepOf(string[] arguments) =>
        arguments.Contains("--update") ? "update"
        : arguments.Contains("--deploy") ? "deploy"
        : arguments.Contains("--networkdeployment") ? "network"
        : "files";

    private static void Keep(string folder, string step, string[] arguments)
    {
        int option = Array.FindIndex(arguments, argument => argument.EndsWith("deployment", StringComparison.Ordinal));
        if (option < 0)
        {
            return;
        }

        string file = arguments[option + 1];
        Copy(file, Path.Combine(folder, step + ".json"));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(file));
        if (json.RootElement.TryGetProperty("files", out JsonElement files))
        {
            foreach (JsonElement entry in files.EnumerateArray())
            {
                string source = entry.GetProperty("SourceFilePath").GetString()!;
                Copy(source,
                    Path.Combine(folder, source.EndsWith(".cfg", StringComparison.Ordinal) ? "settings.cfg" : Path.GetFileName(source)));
            }
        }
    }

    private static void Copy(string from, string to)
    {
        File.WriteAllText(to, File.ReadAllText(from));
        File.WriteAllText(to + ".from", from);
        if (!OperatingSystem.IsWindows())
        {
            File.WriteAllText(to + ".mode", File.GetUnixFileMode(from).ToString());
        }
    }
}
