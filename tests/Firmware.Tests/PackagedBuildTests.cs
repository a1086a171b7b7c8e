using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Netboot.ApiGate.Tests;
using Netboot.FirmwareImage.Loaders;

namespace Netboot.Firmware.Tests;

/// <summary>
/// The firmware's build where nanoFramework's packages can be had, down to the file that goes into a board, with stand-ins for the
/// packages. What is not shown here is that the real metadata processor accepts the firmware's assembly.
/// </summary>
[TestClass]
public sealed class PackagedBuildTests
{
    private const string Firmware = "firmware/Netboot.Firmware.nfproj";
    /// <summary>The assemblies of shared/, the lower one first: an assembly comes after those that it needs.</summary>
    private static readonly string[] SharedAssemblies = ["shared/bin/Debug/Netboot.Shared.dll",
        "shared/Web/Page/bin/Debug/Netboot.Page.dll", "shared/Device/bin/Debug/Netboot.Device.dll"];

    private static readonly string?[] SharedNames = [.. SharedAssemblies.Select(Path.GetFileNameWithoutExtension)];

    private static readonly TestFolder Loaders = new();
    private static Clone s_clone = null!;
    private static string s_loaderFolder = "";
    private static string s_output = "";
    private static byte[] s_gateAssembly = [];

    [ClassInitialize]
    public static async Task BuildBoth(TestContext context)
    {
        SampleLoaders.Fill(Loaders);
        s_clone = new Clone();
        s_loaderFolder = "-p:LoaderFolder=" + Loaders.Path;
        await s_clone.Build(Firmware, s_loaderFolder, "-p:NanoFrameworkPackages=false");
        s_gateAssembly = await File.ReadAllBytesAsync(Made("dll"));
        Assert.IsFalse(File.Exists(Made("pe")));

        // Nothing is said about packages: the build finds them by itself.
        s_output = await s_clone.Build(Firmware, s_loaderFolder);
    }

    [ClassCleanup]
    public static void Remove()
    {
        s_clone?.Dispose();
        Loaders.Dispose();
    }

    [TestMethod]
    public void Packages_are_found_and_the_build_says_so()
    {
        StringAssert.Contains(s_output, "nanoFramework: compiling against the packages for firmware ");
        StringAssert.Contains(s_output, "Netboot.Firmware -> " + Made("bin"));
        StringAssert.Contains(s_output, "0 Warning(s)");
    }

    [TestMethod]
    public void Only_the_references_differ_from_the_gates_build()
    {
        // The same compiler on the same sources, options and resources, with references of the same content, makes the same bytes.
        CollectionAssert.AreEqual(s_gateAssembly, File.ReadAllBytes(Made("dll")));
        string packages = s_clone.At("artifacts/nanoframework/packages");
        string[] hints = Recorded("LoadHints");
        Assert.IsTrue(hints.All(hint =>
            hint.StartsWith(packages, StringComparison.Ordinal) || SharedAssemblies.Select(s_clone.At).Contains(hint)),
            string.Join('\n', hints));
    }

    [TestMethod]
    public void Metadata_processor_is_called_with_every_reference()
    {
        string?[] hints = [.. Recorded("LoadHints").Select(Path.GetFileNameWithoutExtension)];
        CollectionAssert.AreEquivalent(Libraries.Select(library => library.Assembly).Concat(SharedNames).ToArray(), hints);
        Assert.AreEqual("Netboot.Firmware.dll", Path.GetFileName(Recorded("Parse").Single()));
        Assert.IsTrue(Path.IsPathFullyQualified(Recorded("Parse").Single()));
        Assert.AreEqual("Netboot.Firmware.pe", Path.GetFileName(Recorded("Compile").Single()));
    }

    [TestMethod]
    public void Loaders_are_embedded_as_the_metadata_processor_reads_them()
    {
        using var assembly = new PEReader(ImmutableArray.Create(File.ReadAllBytes(Made("dll"))));
        MetadataReader metadata = assembly.GetMetadataReader();
        ManifestResource resource = metadata.GetManifestResource(metadata.ManifestResources.Single());
        Assert.AreEqual("Netboot.Firmware.Loaders.nanoresources", metadata.GetString(resource.Name));
        PEMemoryBlock resources = assembly.GetSectionData(assembly.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        int length = resources.GetReader((int)resource.Offset, sizeof(int)).ReadInt32();
        byte[] content = resources.GetContent((int)resource.Offset + sizeof(int), length).ToArray();
        Dictionary<string, byte[]> found = LoaderResources.Read(new MemoryStream(content));
        Assert.AreEqual(3, found.Count);
        CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(Loaders.Path, "undionly.kpxe")), found["undionly.kpxe"]);
        CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(Loaders.Path, "snponly.efi")), found["snponly.efi"]);
        CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(Loaders.Path, "ipxe-arm64.efi")), found["snponly-arm64.efi"]);
    }

    [TestMethod]
    public void Image_is_every_PE_padded_in_order()
    {
        var expected = new MemoryStream();
        foreach (byte[] pe in Libraries.Select(library => library.Pe).Concat(SharedPes()).Append(ApplicationPe()))
        {
            expected.Write(pe);
            expected.Write(new byte[(4 - pe.Length % 4) % 4]);
        }

        CollectionAssert.AreEqual(expected.ToArray(), File.ReadAllBytes(Made("bin")));
        foreach ((string assembly, byte[] pe, _) in Libraries)
        {
            CollectionAssert.AreEqual(pe, File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Made("bin"))!, assembly + ".pe")));
        }
    }

    [TestMethod]
    public void Sizes_are_reported()
    {
        long image = new FileInfo(Made("bin")).Length;
        long libraries = Libraries.Select(library => library.Pe).Concat(SharedPes()).Sum(pe => (pe.Length + 3) / 4 * 4);
        const long loaders = 70_001 + 173_793 + 301_234;
        StringAssert.Contains(
            s_output,
            FormattableString.Invariant($"Netboot.Firmware: {image:N0} of the deploy area's 1,835,008 bytes (libraries {libraries:N0}, ")
            + FormattableString.Invariant($"application {image - libraries - loaders:N0}, loaders {loaders:N0}); {1_835_008 - image:N0} left"));
        string report = File.ReadAllText(Made("size.txt"));
        StringAssert.Contains(report, "mscorlib.pe");
        StringAssert.Contains(report, SampleLoaders.EfiVersion + ", SHA-256 ");
    }

    [TestMethod]
    public async Task Image_over_the_area_fails_the_build_and_is_not_there()
    {
        string other = s_clone.At("artifacts/over-area/");
        (int exitCode, string output) = await DotnetBuild.Run(
            s_clone.At(Firmware), s_loaderFolder, "-p:DeployAreaBytes=20000", "-p:AssembliesRoomBytes=20000", "-p:OutDir=" + other,
            "-p:IntermediateOutputPath=" + other + "obj/");
        Assert.AreNotEqual(0, exitCode, output);
        StringAssert.Contains(output,
            "loaders: undionly.kpxe is left out: its 70,001 bytes do not fit in the 0 that are left for loaders");
        StringAssert.Contains(output, "error NB911: the image does not fit: Netboot.Firmware: ");
        StringAssert.Contains(output, "of the deploy area's 20,000 bytes");
        Assert.IsTrue(File.Exists(other + "Netboot.Firmware.pe"));
        Assert.IsFalse(File.Exists(other + "Netboot.Firmware.bin"));
    }

    [TestMethod]
    public async Task Only_the_image_for_boards_with_PSRAM_holds_the_HTTPS_library()
    {
        Assert.IsFalse(Encoding.ASCII.GetString(File.ReadAllBytes(Made("bin"))).Contains("<System.Net.Http>", StringComparison.Ordinal));
        string output = await s_clone.Build(Firmware, s_loaderFolder, "-p:Psram=true");
        string made = s_clone.At("firmware/bin/Debug/psram/Netboot.Firmware.bin");
        StringAssert.Contains(output, "Netboot.Firmware -> " + made);
        StringAssert.Contains(output, "0 Warning(s)");
        string image = Encoding.ASCII.GetString(File.ReadAllBytes(made));
        int library = image.IndexOf("<System.Net.Http>", StringComparison.Ordinal);
        Assert.IsTrue(library > 0);
        string report = File.ReadAllText(Path.ChangeExtension(made, "size.txt"));
        Assert.IsTrue(report.IndexOf("Netboot.Https.pe", StringComparison.Ordinal) > report.IndexOf("System.Net.Http.pe",
            StringComparison.Ordinal), report);
        Assert.IsFalse(File.ReadAllText(Made("size.txt")).Contains("Https", StringComparison.Ordinal));
        Assert.IsTrue(File.Exists(Made("bin")), "the other image is still there");
    }

    [TestMethod]
    [DataRow("Protocols")]
    [DataRow("Services")]
    [DataRow("Settings")]
    [DataRow("Page")]
    public async Task Device_tests_go_through_the_same(string part)
    {
        string output = await s_clone.Build($"tests/Unit.Device/{part}/NFUnitTest.{part}.nfproj");
        StringAssert.Contains(output, "nanoFramework: compiling against the packages for firmware ");
        string folder = s_clone.At($"tests/Unit.Device/{part}/bin/Debug/");
        string[] hints = [.. File.ReadLines(folder + "NFUnitTest.pe.call.txt")
            .Where(line => line.StartsWith("LoadHints=", StringComparison.Ordinal))];
        CollectionAssert.AreEquivalent(
            s_clone.Libraries.Where(library => library.Use != "psram").Select(library => library.Assembly).Concat(SharedNames)
            .ToArray(), hints.Select(Path.GetFileNameWithoutExtension).ToArray());
        Assert.IsTrue(s_clone.Libraries.All(library => File.Exists(folder + library.Assembly + ".pe") == (library.Use != "psram")));
        Assert.IsTrue(SharedNames.All(name => File.Exists(folder + name + ".pe")));
        Assert.IsFalse(File.Exists(folder + "NFUnitTest.bin"), "tests are no application");
    }

    private static (string Assembly, byte[] Pe, string Use)[] Libraries => [.. s_clone.Libraries.Where(library => library.Use == "")];

    private static string Made(string ending) => s_clone.At("firmware/bin/Debug/Netboot.Firmware." + ending);

    /// <summary>The assemblies of shared/, before the application and after the libraries that all need.</summary>
    private static IEnumerable<byte[]> SharedPes() =>
        SharedAssemblies.Select(assembly => File.ReadAllBytes(Path.ChangeExtension(s_clone.At(assembly), "pe")));

    private static byte[] ApplicationPe()
    {
        byte[] pe = File.ReadAllBytes(Made("pe"));
        StringAssert.StartsWith(Encoding.ASCII.GetString(pe, 0, 7), "STANDIN");
        return pe;
    }

    private static string[] Recorded(string property) =>
        [.. File.ReadLines(Made("pe.call.txt"))
            .Where(line => line.StartsWith(property + "=", StringComparison.Ordinal))
            .Select(line => line[(property.Length + 1)..])];
}
