using Netboot.FirmwareImage;
using Netboot.FirmwareImage.Loaders;

namespace Netboot.Firmware.Tests;

/// <summary>What the build says of the room in flash.</summary>
[TestClass]
public sealed class SizeReportTests
{
    private const long Area = 1_835_008;

    private static readonly LoaderEntry[] Loaders =
    [
        new("undionly.kpxe", 108_847, "unknown", new string('a', 64)),
        new("snponly.efi", 284_672, "1.21.1", new string('b', 64)),
    ];

    private static readonly (string Name, long Bytes)[] Assemblies = [("mscorlib.pe", 32_460), ("System.Net.pe", 22_436),
        ("Netboot.Firmware.pe", 520_000)];

    [TestMethod]
    public void Says_what_fills_the_area_and_what_is_left()
    {
        var report = new SizeReport("Netboot.Firmware", Area, Loaders, Assemblies);
        Assert.AreEqual(
            "Netboot.Firmware: 574,896 of the deploy area's 1,835,008 bytes (libraries 54,896, application 126,481, loaders 393,519); 1,260,112 left",
            report.Line);
        StringAssert.Contains(report.Text, "Libraries (2)");
        StringAssert.Contains(report.Text, "Application without its loaders                        126,481\n");
        StringAssert.Contains(report.Text, "284,672  1.21.1, SHA-256 bbbb");
        StringAssert.Contains(report.Text, "Left                                                 1,260,112\n");
    }

    [TestMethod]
    public void Over_the_area_is_told_by_how_much()
    {
        var report = new SizeReport("Netboot.Firmware", 500_000, Loaders, Assemblies);
        Assert.AreEqual(-74_896, report.Left);
        StringAssert.EndsWith(report.Line, "; 74,896 too many");
        StringAssert.Contains(report.Text, "Too many                                                74,896\n");
    }

    [TestMethod]
    public void Without_PE_files_nothing_is_guessed()
    {
        var report = new SizeReport("Netboot.Firmware", Area, Loaders, assemblies: null);
        Assert.AreEqual(
            "Netboot.Firmware: loaders 393,519 of the deploy area's 1,835,008 bytes; "
            + "the assemblies' size is not known in this build, which makes no .pe files; they have 1,441,489 bytes",
            report.Line);
        StringAssert.Contains(report.Text,
            "Assemblies                                           not known  this build makes no .pe files\n");
    }

    [TestMethod]
    public void Application_smaller_than_its_loaders_lacks_them()
    {
        var error = Assert.ThrowsExactly<ImageException>(() =>
            new SizeReport("Netboot.Firmware", Area, Loaders, [("Netboot.Firmware.pe", 126_000)]));
        StringAssert.Contains(error.Message, "the metadata processor left them out");
    }
}
