using Netboot.FirmwareImage;
using Netboot.FirmwareImage.Loaders;

namespace Netboot.Firmware.Tests;

/// <summary>The numbers that the metadata processor gives to resources, and what it would make of some contents.</summary>
[TestClass]
public sealed class ResourceIdTests
{
    [TestMethod]
    [DataRow("undionly", -14888, DisplayName = "as a board's interpreter was seen to find it")]
    [DataRow("favicon", -22914, DisplayName = "as nanoFramework's own samples have it")]
    public void Id_is_the_metadata_processors(string name, int id) => Assert.AreEqual((short)id, ResourceId.Of(name));

    [TestMethod]
    public void Two_names_with_one_id_are_refused_by_name()
    {
        var seen = new Dictionary<short, string>();
        string other = Enumerable.Range(0, 70_000).Select(i => $"loader{i}.efi").First(name => !seen.TryAdd(ResourceId.Of(name), name));
        string first = seen[ResourceId.Of(other)];
        var error = Assert.ThrowsExactly<ImageException>(() => LoaderResources.Write([Loader(first, "MZ"), Loader(other, "MZ")]));
        StringAssert.Contains(error.Message, $"{first} and {other} would be the same resource");
    }

    [TestMethod]
    public void Id_that_ends_the_table_is_refused()
    {
        string name = Enumerable.Range(0, 10_000_000).Select(i => $"{i}.efi").First(name => ResourceId.Of(name) == ResourceId.EndOfTable);
        var error = Assert.ThrowsExactly<ImageException>(() => LoaderResources.Write([Loader(name, "MZ")]));
        StringAssert.Contains(error.Message, "ends the table");
    }

    [TestMethod]
    [DataRow("BM6", "bitmap")]
    [DataRow("GIF89a", "GIF")]
    [DataRow("\u00FF\u00D8\u00FF\u00E0", "JPEG")]
    [DataRow("\u00A8\u00B0\u0095\u00F9", "font")]
    public void What_the_metadata_processor_would_convert_is_refused(string start, string kind)
    {
        var error = Assert.ThrowsExactly<ImageException>(() => LoaderResources.Write([Loader("undionly.kpxe", start)]));
        StringAssert.Contains(error.Message, kind);
    }

    private static Loader Loader(string name, string start) =>
        new(name, System.Text.Encoding.Latin1.GetBytes(start), LoaderVersion.Unknown);
}
