using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>
/// An apt with a state, cache and source list of its own. It fetches packages of another architecture (an arm64 kernel) and of another
/// release (newer iPXE) to be unpacked, not installed: the host's list of architectures and sources stays as it is.
/// </summary>
internal sealed class PrivateApt
{
    /// <summary>The release of the kernels and busybox.</summary>
    public const string Base = "bookworm";

    /// <summary>The release of the iPXE loaders: the first that has one for arm64.</summary>
    public const string Loaders = "trixie";

    /// <summary>The release in preparation: its iPXE is the newest.</summary>
    public const string Newest = "forky";

    private const string DebianMirror = "http://deb.debian.org/debian";
    private const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>40 MB of package lists and 50 MB of packages.</summary>
    private static readonly TimeSpan DownloadLimit = TimeSpan.FromMinutes(15);

    private readonly string _folder;
    private readonly string _configuration;
    private bool _updated;

    public PrivateApt(string folder)
    {
        _folder = folder;
        _configuration = Path.Combine(folder, "apt.conf");
    }

    /// <summary>Fetches a package's file; returns its path.</summary>
    public string Download(string package, string release, CancellationToken cancellation)
    {
        Update(cancellation);
        var target = Directory.CreateDirectory(Path.Combine(_folder, "download-" + Guid.NewGuid().ToString("N"))).FullName;
        // apt-get download writes to the current folder, and env is what sets that for one command.
        HostCommand.Run(
            "env", ["--chdir", target, "apt-get", "-c", _configuration, "-q", "download", $"{package}/{release}"], DownloadLimit,
            cancellation);
        return Directory.EnumerateFiles(target, "*.deb").SingleOrDefault()
            ?? throw new LabException($"apt-get did not download a file for {package}/{release}.");
    }

    /// <summary>The package that a metapackage (linux-image-cloud-amd64) stands for today.</summary>
    public string Meaning(string metapackage, CancellationToken cancellation)
    {
        Update(cancellation);
        var answer = HostCommand.Run("apt-cache", ["-c", _configuration, "depends", "--important", metapackage], cancellation);
        return FirstDependency(answer) ?? throw new LabException($"{metapackage} depends on nothing: {answer.Trim()}");
    }

    public static string? FirstDependency(string aptCacheAnswer)
    {
        const string Mark = "Depends:";
        return aptCacheAnswer.Split('\n')
            .Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal))?[Mark.Length..].Trim();
    }

    private void Update(CancellationToken cancellation)
    {
        if (_updated)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(_folder, "state", "lists", "partial"));
        Directory.CreateDirectory(Path.Combine(_folder, "cache", "archives", "partial"));
        File.WriteAllText(Path.Combine(_folder, "status"), "");
        File.WriteAllText(Path.Combine(_folder, "debian.sources"), Sources(HostMirror(cancellation)));
        File.WriteAllText(_configuration, Configuration(_folder));
        HostCommand.Run("apt-get", ["-c", _configuration, "-q", "update"], DownloadLimit, cancellation);
        _updated = true;
    }

    /// <summary>The Debian mirror that the host uses itself, or Debian's own address if the host does not run Debian.</summary>
    private static string HostMirror(CancellationToken cancellation)
    {
        var targets = HostCommand.Run("apt-get", ["indextargets", "--format", "$(REPO_URI) $(ORIGIN) $(LABEL)"], cancellation);
        return MirrorIn(targets) ?? DebianMirror;
    }

    public static string? MirrorIn(string indexTargets) =>
        indexTargets.Split('\n')
            .Select(line => line.Split(' '))
            .Where(fields => fields is [_, "Debian", "Debian"])
            .Select(fields => fields[0].TrimEnd('/'))
            .FirstOrDefault();

    private static string Sources(string mirror) =>
        $"""
        Types: deb
        URIs: {mirror}
        Suites: {Base} {Loaders} {Newest}
        Components: main
        Signed-By: {Keyring}

        """;

    private static string Configuration(string folder) =>
        $$"""
        Dir::State "{{folder}}/state";
        Dir::State::status "{{folder}}/status";
        Dir::Cache "{{folder}}/cache";
        Dir::Etc::sourcelist "{{folder}}/debian.sources";
        Dir::Etc::sourceparts "-";
        APT::Architecture "{{LabClient.Amd64}}";
        APT::Architectures { "{{LabClient.Amd64}}"; "{{LabClient.Arm64}}"; };
        APT::Default-Release "{{Base}}";
        // The folder is in root's home, which apt's own user cannot read.
        APT::Sandbox::User "root";
        // The host's hooks and extra indexes are for the host's state.
        #clear APT::Update::Post-Invoke;
        #clear APT::Update::Post-Invoke-Success;
        #clear Acquire::IndexTargets::deb::DEP-11;
        #clear Acquire::IndexTargets::deb::DEP-11-icons-small;
        #clear Acquire::IndexTargets::deb::DEP-11-icons;
        Acquire::Languages "none";

        """;
}
