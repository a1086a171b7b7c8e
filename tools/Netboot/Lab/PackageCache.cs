using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>
/// What is unpacked from packages that are not installed, kept in the user's cache folder: loaders, a kernel per architecture, a TFTP
/// server.
/// </summary>
internal sealed class PackageCache : IDisposable
{
    public const string BusyboxFile = "busybox";
    public const string KernelFile = "vmlinuz";
    public const string ModulesFolder = "modules";

    public const string TftpServerFile = "in.tftpd";

    private const string LoadersPart = "loaders";
    private const string TftpServerPart = "tftpd-hpa";

    /// <summary>Another run may be downloading the same files; it finishes within a few minutes or it is stuck.</summary>
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>The drivers that the machines' network card needs.</summary>
    private static readonly string[] WantedModules = ["virtio_pci", "virtio_net"];

    /// <summary>The loaders' names, as the boot server expects them and as Debian's package has them.</summary>
    private static readonly (string Name, string Packaged)[] LoaderFiles =
    [
        ("undionly.kpxe", "undionly.kpxe"),
        ("snponly.efi", "snponly.efi"),
        ("ipxe.efi", "ipxe-amd64.efi"),
        ("snponly-arm64.efi", "ipxe-arm64.efi"),
    ];

    /// <summary>iPXE as a Linux kernel image: the network card's firmware of the machine that does not call itself iPXE.</summary>
    public const string PlainFirmwareFile = "firmware/ipxe.lkrn";

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly LabOutput _output;
    private readonly PrivateApt _apt;
    private readonly string _work;

    public PackageCache(LabOutput output, CancellationToken cancellation)
    {
        _output = output;
        _folder = Directory.CreateDirectory(Path.Combine(CacheHome(), "netboot-lab")).FullName;
        _lock = Lock(Path.Combine(_folder, "lock"), cancellation);
        // Only one run holds the lock, so what is in the work folder is from a run that was cut off.
        _work = Path.Combine(_folder, "work");
        Clear(_work);
        _apt = new PrivateApt(_work);
    }

    public string Loaders(CancellationToken cancellation) => Part(LoadersPart, folder => UnpackLoaders(folder, cancellation), cancellation);

    public string Kernel(string architecture, CancellationToken cancellation) =>
        Part(architecture, folder => UnpackKernel(folder, architecture, cancellation), cancellation);

    /// <summary>The iPXE of a Debian release: the ROM of the machines' card and a loader for UEFI.</summary>
    public IpxeBuild Ipxe(string release, CancellationToken cancellation)
    {
        var folder = Part("ipxe-" + release, fresh => UnpackIpxe(fresh, release, cancellation), cancellation);
        return new IpxeBuild(release, IpxeBuild.VersionIn(CacheManifest.Verify(folder)![0]), folder);
    }

    public string TftpServer(CancellationToken cancellation) =>
        Part(TftpServerPart, folder => UnpackTftpServer(folder, cancellation), cancellation);

    public void Dispose()
    {
        Clear(_work);
        _lock.Dispose();
    }

    private string Part(string name, Func<string, IReadOnlyList<string>> unpack, CancellationToken cancellation)
    {
        var folder = Path.Combine(_folder, name);
        if (CacheManifest.Verify(folder) is { } cached)
        {
            _output.Note($"Cache: {string.Join(", ", cached)}.");
            return folder;
        }

        _output.Note($"Cache: fetching {name} (it is kept in {_folder}).");
        cancellation.ThrowIfCancellationRequested();
        var fresh = Directory.CreateDirectory(Path.Combine(_work, "fresh-" + name)).FullName;
        var packages = unpack(fresh);
        CacheManifest.Write(fresh, packages);
        Clear(folder);
        Directory.Move(fresh, folder);
        _output.Note($"Cache: {string.Join(", ", packages)}.");
        return folder;
    }

    private IReadOnlyList<string> UnpackLoaders(string folder, CancellationToken cancellation)
    {
        var package = Unpack("ipxe", PrivateApt.Loaders, cancellation);
        foreach (var (name, packaged) in LoaderFiles)
        {
            File.Copy(Path.Combine(package.Folder, "usr/lib/ipxe", packaged), Path.Combine(folder, name));
        }

        var firmware = Path.Combine(folder, PlainFirmwareFile);
        Directory.CreateDirectory(Path.GetDirectoryName(firmware)!);
        File.Copy(Path.Combine(package.Folder, "usr/lib/ipxe", Path.GetFileName(PlainFirmwareFile)), firmware);
        return [package.Name];
    }

    private IReadOnlyList<string> UnpackIpxe(string folder, string release, CancellationToken cancellation)
    {
        var loaders = Unpack("ipxe", release, cancellation);
        var roms = Unpack("ipxe-qemu", release, cancellation);
        File.Copy(Path.Combine(loaders.Folder, "usr/lib/ipxe", IpxeBuild.LoaderFile), Path.Combine(folder, IpxeBuild.LoaderFile));
        // Where it is changed between the releases.
        var rom = Directory.EnumerateFiles(Path.Combine(roms.Folder, "usr"), IpxeBuild.RomFile, SearchOption.AllDirectories).First();
        File.Copy(rom, Path.Combine(folder, IpxeBuild.RomFile));
        return [loaders.Name, roms.Name];
    }

    private IReadOnlyList<string> UnpackTftpServer(string folder, CancellationToken cancellation)
    {
        var package = Unpack(TftpServerPart, PrivateApt.Base, cancellation);
        File.Copy(Path.Combine(package.Folder, "usr/sbin", TftpServerFile), Path.Combine(folder, TftpServerFile));
        return [package.Name];
    }

    private IReadOnlyList<string> UnpackKernel(string folder, string architecture, CancellationToken cancellation)
    {
        var image = _apt.Meaning($"linux-image-cloud-{architecture}:{architecture}", cancellation);
        var kernel = Unpack(image.Contains(':') ? image : $"{image}:{architecture}", PrivateApt.Base, cancellation);
        var busybox = Unpack($"busybox-static:{architecture}", PrivateApt.Base, cancellation);
        File.Copy(Directory.EnumerateFiles(Path.Combine(kernel.Folder, "boot"), "vmlinuz-*").Single(), Path.Combine(folder, KernelFile));
        File.Copy(Path.Combine(busybox.Folder, "bin/busybox"), Path.Combine(folder, BusyboxFile));
        var modules = Directory.CreateDirectory(Path.Combine(folder, ModulesFolder)).FullName;
        var order = KernelModules.InOrder(Path.Combine(kernel.Folder, "lib/modules"), WantedModules);
        for (var i = 0; i < order.Count; i++)
        {
            // The number keeps the order in which they are inserted.
            File.Copy(order[i], Path.Combine(modules, $"{i:00}-{Path.GetFileName(order[i])}"));
        }

        return [kernel.Name, busybox.Name];
    }

    private (string Name, string Folder) Unpack(string package, string release, CancellationToken cancellation)
    {
        var file = _apt.Download(package, release, cancellation);
        var folder = file + ".unpacked";
        HostCommand.Run("dpkg-deb", ["-x", file, folder], cancellation);
        // The file's name is NAME_VERSION_ARCHITECTURE.deb, with ':' written as %3a.
        return (Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(file)), folder);
    }

    private static FileStream Lock(string file, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (TimeProvider.System.GetElapsedTime(started) >= LockLimit)
            {
                throw new LabException($"Another run has held {file} for {LockLimit.TotalMinutes:0} minutes: {e.Message}", e);
            }
            catch (IOException)
            {
                // Held by another run: wait for it.
            }

            if (cancellation.WaitHandle.WaitOne(LockInterval))
            {
                throw new OperationCanceledException(cancellation);
            }
        }
    }

    private static string CacheHome() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
