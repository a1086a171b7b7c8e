using Netboot.FirmwareImage;

namespace Netboot.Firmware.Tests;

/// <summary>The image that goes into a board's flash.</summary>
[TestClass]
public sealed class DeploymentImageTests
{
    [TestMethod]
    public void Pads_each_assembly_to_four_bytes_in_order()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("firmware-image-");
        try
        {
            string Make(string name, params byte[] content)
            {
                string path = Path.Combine(folder.FullName, name);
                File.WriteAllBytes(path, content);
                return path;
            }

            string image = Path.Combine(folder.FullName, "app.bin");
            DeploymentImage.Write(image, [Make("a.pe", 1, 2, 3, 4, 5), Make("b.pe", 6, 7, 8, 9), Make("app.pe", 10)]);
            CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4, 5, 0, 0, 0, 6, 7, 8, 9, 10, 0, 0, 0 }, File.ReadAllBytes(image));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
