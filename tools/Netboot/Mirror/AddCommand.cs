using System.CommandLine;
using System.CommandLine.Parsing;
using Netboot.Tool.Mirror.Fill;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror;

/// <summary><c>netboot mirror add DIR …</c>: puts something bootable into a mirror's folder.</summary>
internal static class AddCommand
{
    private const string Arm = "arm64";
    private const string Pc = "x86_64";

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo?>("DIR") { Description = "The mirror's folder.", Arity = ArgumentArity.ZeroOrOne };
        var what = new Argument<string?>("SOURCE")
        {
            Description = "A distribution (debian, debian:bookworm; --list prints which there are), an ISO file, or a folder such as a Nix "
                + "result. A folder that is called like a distribution is written ./debian.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var kernel = new Option<FileInfo>("--kernel")
        {
            Description = "In the place of SOURCE: a kernel, or a program such as Memtest86+.", HelpName = "FILE",
        };
        kernel.AcceptExistingOnly();
        var initrds = new Option<FileInfo[]>("--initrd")
        {
            Description = "An initrd of the kernel; may be given again.", HelpName = "FILE",
        };
        initrds.AcceptExistingOnly();
        var line = new Option<string?>("--command-line") { Description = "The kernel's command line.", HelpName = "TEXT" };
        var name = new Option<string?>("--name")
        {
            Description = "The folder that is made in DIR; without this, one after the source.", HelpName = "NAME",
        };
        var replace = new Option<bool>("--replace") { Description = "Replace a folder of that name: a newer release, for example." };
        var from = new Option<string?>("--from")
        {
            Description = "Another server of the distribution, in the place of the URL's first part in --list.", HelpName = "URL",
        };
        var arch = new Option<string>("--arch")
        {
            Description = "The machines that the distribution is for.", DefaultValueFactory = _ => Pc,
        };
        arch.AcceptOnlyFromAmong(Pc, Arm);
        var list = new Option<bool>("--list") { Description = "Print the distributions with their URLs, and do nothing else." };
        var command = new Command(
            "add", "Add something that boots to a mirror: a distribution from its public server, an ISO file's kernel and initrd, a Nix "
                + "result, or a kernel and its initrds. All of it is added, or nothing.")
        {
            folder, what, kernel, initrds, line, name, replace, from, arch, list,
        };
        command.Validators.Add(result => Check(result, list, folder, what, kernel, [initrds, line], [from, arch]));
        from.Validators.Add(result =>
        {
            if (ServerOf(result.GetValueOrDefault<string>() ?? "") == null)
            {
                result.AddError("--from takes an http:// or https:// address, for example http://ftp.de.debian.org/debian.");
            }
        });
        command.SetAction(async (result, cancellation) =>
        {
            if (result.GetValue(list))
            {
                Print();
                return 0;
            }

            using HttpClient client = Downloads.Client();
            FillOutput output = FillOutput.OfConsole();
            return await FillOutcome.OfAsync(async () =>
            {
                IFillSource source = result.GetValue(kernel) is { } file
                    ? new PairSource(
                        file.FullName, [.. (result.GetValue(initrds) ?? []).Select(initrd => initrd.FullName)], result.GetValue(line))
                    : SourceOf(result.GetRequiredValue(what)!, result.GetValue(arch) == Arm, ServerOf(result.GetValue(from) ?? ""),
                        new Downloads(client, output));
                await FillRun.AddAsync(
                    result.GetRequiredValue(folder)!.FullName, source, result.GetValue(name) ?? source.DefaultName,
                    result.GetValue(replace), output, cancellation);
            }, "Nothing was added; the folder is as it was.");
        });
        return command;
    }

    /// <summary>What a text stands for. Throws <see cref="FillException"/> when that is nothing.</summary>
    internal static IFillSource SourceOf(string text, bool arm, Uri? from, Downloads downloads)
    {
        if (Distributions.Find(text) is var (row, version))
        {
            return new DistributionSource(row, version, arm, from, downloads);
        }

        if (arm || from != null)
        {
            throw new FillException(
                $"--arch and --from are for distributions, and '{text}' is none: 'netboot mirror add --list' prints them.");
        }

        if (Directory.Exists(text))
        {
            return new SurveyedSource(text);
        }

        if (!File.Exists(text))
        {
            string names = string.Join(", ", Distributions.All.Select(known => known.Name));
            throw new FillException($"'{text}' is neither a distribution ({names}) nor an ISO file or a folder.");
        }

        using FileStream stream = File.OpenRead(text);
        return FileHeader.Read(stream).Kind == FileKind.Iso ? new SurveyedSource(text)
            : throw new FillException($"{text} is not an ISO file. A kernel and its initrds are added with --kernel FILE --initrd FILE.");
    }

    private static Uri? ServerOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url : null;

    private static void Check(
        CommandResult result, Option<bool> list, Argument<DirectoryInfo?> folder, Argument<string?> what, Option<FileInfo> kernel,
        Option[] ofKernel, Option[] ofDistribution)
    {
        if (result.GetValue(list))
        {
            return;
        }

        bool pair = result.GetResult(kernel) != null;
        bool source = result.GetValue(what) != null;
        if (result.GetValue(folder) == null)
        {
            result.AddError("Name the mirror's folder and what to add to it, for example: netboot mirror add /srv/netboot debian");
        }
        else if (pair == source)
        {
            result.AddError(pair ? "SOURCE and --kernel are two ways to say what to add: give one of them."
                : "Say what to add: a distribution, an ISO file, a folder, or --kernel FILE --initrd FILE.");
        }
        else if (source && Array.Find(ofKernel, option => Given(result, option)) is { } alone)
        {
            result.AddError($"{alone.Name} goes with --kernel.");
        }
        else if (pair && Array.Find(ofDistribution, option => Given(result, option)) is { } other)
        {
            result.AddError($"{other.Name} is for a distribution, and does not go with --kernel.");
        }
    }

    private static bool Given(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    // No table: a URL that is broken over lines cannot be copied.
    private static void Print()
    {
        foreach (Distribution row in Distributions.All)
        {
            Console.WriteLine($"{row.Name}: {row.What}. A release: {row.Example}{(row.Arm64 == null ? "" : "; for ARM: --arch arm64")}");
            foreach (string url in DistributionSource.Urls(row))
            {
                Console.WriteLine($"    {url}");
            }
        }

        Console.WriteLine();
        Console.WriteLine("""
            Each file is compared with the checksum that its publisher has beside it. That shows that it came whole, not who made it.
            We could fetch none of these from its real server: the network that this was written in reaches only Debian's list of
            checksums. It fits the files in Debian's package debian-installer-12-netboot-amd64.
            """);
    }
}
