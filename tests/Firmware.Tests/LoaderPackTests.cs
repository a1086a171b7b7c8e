using System.Diagnostics;
using Netboot.FirmwareImage;
using Netboot.FirmwareImage.Loaders;
using Netboot.Tool.Run;

namespace Netboot.Firmware.Tests;

/// <summary>What the firmware's build packs out of a folder of loaders.</summary>
[TestClass]
public sealed class LoaderPackTests
{
    private static readonly string[] Names = ["undionly.kpxe", "snponly.efi", "snponly-arm64.efi"];

    [TestMethod]
    public void Packed_loaders_read_back_in_pieces()
    {
        using var source = new TestFolder();
        using var output = new TestFolder();
        SampleLoaders.Fill(source);
        IReadOnlyList<string> lines = LoaderPack.Write(source.Path, Names, 1_000_000, output.Path);
        Assert.AreEqual(3, lines.Count, string.Join('\n', lines));
        var packed = new PackedLoaders(Path.Combine(output.Path, LoaderPack.ResourceFile));
        Assert.AreEqual(3, packed.Count);
        (string Name, string File)[] expected = [("undionly.kpxe", "undionly.kpxe"), ("snponly.efi", "snponly.efi"),
            ("snponly-arm64.efi", "ipxe-arm64.efi")];
        for (int i = 0; i < expected.Length; i++)
        {
            byte[] content = File.ReadAllBytes(Path.Combine(source.Path, expected[i].File));
            Assert.AreEqual(expected[i].Name, packed.Name(i));
            Assert.AreEqual(content.Length, packed.Length(i));
            Assert.AreEqual(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), packed.Hash(i));
            CollectionAssert.AreEqual(content, InPieces(packed, i, 1468));
        }

        Assert.AreEqual(LoaderVersion.Unknown, packed.Version(0));
        Assert.AreEqual(SampleLoaders.EfiVersion, packed.Version(1));
    }

    [TestMethod]
    public void What_does_not_fit_is_left_out_and_named()
    {
        using var source = new TestFolder();
        using var output = new TestFolder();
        SampleLoaders.Fill(source);

        // Room for the first and the third.
        IReadOnlyList<string> lines = LoaderPack.Write(source.Path, ["undionly.kpxe", "ipxe.efi", "snponly-arm64.efi"], 400_000,
            output.Path);
        CollectionAssert.AreEqual(
            new[] { "undionly.kpxe", "snponly-arm64.efi" },
            LoaderManifest.Read(Path.Combine(output.Path, LoaderPack.ManifestFile)).Select(entry => entry.Name).ToArray());
        CollectionAssert.Contains(
            lines.ToArray(), "loaders: ipxe.efi is left out: its 900,000 bytes do not fit in the 329,999 that are left for loaders");
    }

    [TestMethod]
    public void No_room_leaves_nothing_of_an_earlier_build()
    {
        using var source = new TestFolder();
        using var output = new TestFolder();
        SampleLoaders.Fill(source);
        LoaderPack.Write(source.Path, Names, 1_000_000, output.Path);
        IReadOnlyList<string> lines = LoaderPack.Write(source.Path, Names, -1, output.Path);
        Assert.IsFalse(File.Exists(Path.Combine(output.Path, LoaderPack.ResourceFile)));
        StringAssert.Contains(File.ReadAllText(Path.Combine(output.Path, LoaderPack.SourceFile)), "return 0;");
        StringAssert.Contains(lines[^1], "none built in (no room)");
    }

    [TestMethod]
    public void None_is_none()
    {
        using var output = new TestFolder();
        IReadOnlyList<string> lines = LoaderPack.Write(LoaderPack.None, Names, 1_000_000, output.Path);
        Assert.AreEqual("loaders: none built in (as LoaderFolder=none asks); boards stream them from the mirror", string.Join('\n', lines));
        Assert.IsFalse(File.Exists(Path.Combine(output.Path, LoaderPack.ResourceFile)));
    }

    [TestMethod]
    public void Named_folder_without_loaders_is_an_error()
    {
        using var source = new TestFolder();
        using var output = new TestFolder();
        var error = Assert.ThrowsExactly<ImageException>(() => LoaderPack.Write(source.Path, Names, 1_000_000, output.Path));
        StringAssert.Contains(error.Message, "has none of undionly.kpxe, snponly.efi, snponly-arm64.efi");
        error = Assert.ThrowsExactly<ImageException>(() => LoaderPack.Write(source.Path + "-not", Names, 1_000_000, output.Path));
        StringAssert.Contains(error.Message, "there is no folder");
    }

    [TestMethod]
    public void Unchanged_loaders_keep_their_files_times()
    {
        using var source = new TestFolder();
        using var output = new TestFolder();
        SampleLoaders.Fill(source);
        LoaderPack.Write(source.Path, Names, 1_000_000, output.Path);
        string[] files = Directory.GetFiles(output.Path);
        DateTime longAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Array.ForEach(files, file => File.SetLastWriteTimeUtc(file, longAgo));
        LoaderPack.Write(source.Path, Names, 1_000_000, output.Path);
        Assert.AreEqual(3, files.Length);
        Assert.IsTrue(Array.TrueForAll(files, file => File.GetLastWriteTimeUtc(file) == longAgo));
    }

    [TestMethod]
    [DataRow("1.21.1+git20250501.dad20602+dfsg-1")]
    [DataRow("1.0.0+git-20190125.36a4c85-5.1")]
    [DataRow("1.21.1+ (g83449)")]
    [DataRow("2.0.0")]
    public void Version_is_found_in_the_loader(string version) =>
        Assert.AreEqual(version, LoaderVersion.InContent(SampleLoaders.Efi(9000, version)));

    [TestMethod]
    public void Compressed_loader_says_no_version() => Assert.IsNull(LoaderVersion.InContent(SampleLoaders.Bios(90_000)));

    /// <summary>A compressed loader of Debian's package has the package's version; any file of a package shows it.</summary>
    [TestMethod]
    public void Packaged_loader_has_its_packages_version()
    {
        const string file = "/usr/bin/dpkg";
        if (!File.Exists(file))
        {
            Assert.AreEqual(LoaderVersion.Unknown, LoaderVersion.Of(file, SampleLoaders.Bios(1000)));
            return;
        }

        using Process dpkg = Process.Start(new ProcessStartInfo(file, ["--version"]) { RedirectStandardOutput = true })!;
        StringAssert.Contains(dpkg.StandardOutput.ReadToEnd(), $" {LoaderVersion.Of(file, SampleLoaders.Bios(1000))} ");
    }

    [TestMethod]
    public void File_of_no_package_has_none()
    {
        using var folder = new TestFolder();
        string file = folder.Write("undionly.kpxe", SampleLoaders.Bios(1000));
        Assert.AreEqual(LoaderVersion.Unknown, LoaderVersion.Of(file, File.ReadAllBytes(file)));
    }

    private static byte[] InPieces(PackedLoaders loaders, int index, int size)
    {
        byte[] all = new byte[loaders.Length(index) + 1];
        int done = 0;
        byte[] piece = new byte[size];
        while (loaders.Read(index, done, piece, 0, size) is > 0 and var part)
        {
            Array.Copy(piece, 0, all, done, part);
            done += part;
        }

        return all[..done];
    }
}
