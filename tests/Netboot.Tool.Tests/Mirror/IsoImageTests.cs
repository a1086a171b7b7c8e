using System;
using System.IO;
using System.Linq;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Tests.Mirror;

[TestClass]
public sealed class IsoImageTests
{
    private readonly TestFolder _folder = new();

    private static byte[] Content => [.. Enumerable.Range(0, 5000).Select(i => (byte)(i % 251))];

    [TestCleanup]
    public void Remove() => _folder.Dispose();

    [TestMethod]
    [DataRow(false, false, false, DisplayName = "Rock Ridge")]
    [DataRow(true, false, false, DisplayName = "Names in a continuation area")]
    [DataRow(false, true, false, DisplayName = "No Rock Ridge")]
    [DataRow(false, false, true, DisplayName = "A file in two pieces")]
    public void Files_are_found_where_they_are(bool continued, bool plain, bool twoPieces)
    {
        byte[] image = new SampleIso { Continued = continued, Plain = plain, TwoPieces = twoPieces }
            .Make(("readme.txt", [1, 2, 3]), ("live/vmlinuz-6.1", Content), ("empty", []));
        string path = _folder.Write("a.iso", image);
        var files = IsoImage.FilesOf(path).OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        CollectionAssert.AreEqual(new[] { "empty", "live/vmlinuz-6.1", "readme.txt" }, files.Select(file => file.Path).ToArray());
        CollectionAssert.AreEqual(Content, image[(int)files[1].Offset..(int)(files[1].Offset + files[1].Length)]);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, image[(int)files[2].Offset..(int)(files[2].Offset + files[2].Length)]);
    }

    /// <summary>Half of a download, and bytes that are no longer what they were: an error that the caller knows, or fewer files; no other
    /// end.</summary>
    [TestMethod]
    public void A_damaged_image_is_an_error_or_has_fewer_files()
    {
        byte[] whole = new SampleIso { Continued = true }.Make(("live/vmlinuz", Content), ("live/initrd.img", Content));
        var random = new Random(20261128);
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. whole];
            for (int i = 0; i < 4; i++)
            {
                damaged[random.Next(16 * 2048, damaged.Length)] = (byte)random.Next(256);
            }

            string path = _folder.Write("a.iso", round % 2 == 0 ? damaged : damaged[..random.Next(damaged.Length)]);
            try
            {
                foreach (IsoFile file in IsoImage.FilesOf(path))
                {
                    Assert.IsTrue(file.Offset >= 0 && file.Length >= 0 && file.Offset + file.Length <= new FileInfo(path).Length, file.ToString());
                }
            }
            catch (InvalidDataException)
            {
                // Said in its documentation.
            }
        }
    }

    [TestMethod]
    public void A_part_of_a_file_ends_where_it_does()
    {
        string path = _folder.Write("a", Content);
        using FilePart part = FilePart.Open(path, 100, 50);
        byte[] bytes = new byte[80];
        Assert.AreEqual(50, part.ReadAtLeast(bytes, 80, throwOnEndOfStream: false));
        CollectionAssert.AreEqual(Content[100..150], bytes[..50]);
        Assert.AreEqual(45, part.Seek(-5, SeekOrigin.End));
        Assert.AreEqual(5, part.Read(bytes, 0, 80));
        Assert.AreEqual(Content[145], bytes[0]);
        Assert.AreEqual(0, part.Read(bytes, 0, 80));
    }
}
