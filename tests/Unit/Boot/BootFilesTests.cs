using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Boot;

/// <summary>Which bytes a machine gets for the name that it wrote.</summary>
[TestClass]
public class BootFilesTests
{
    [TestMethod]
    [DataRow("snponly.efi")]
    [DataRow("/snponly.efi")]
    [DataRow("SNPONLY.EFI")]
    [DataRow("\\boot\\x64\\Snponly.efi")]
    [DataRow("//a/../../snponly.efi")]
    [DataRow("snponly.efi  ")]
    public void A_name_is_taken_as_machines_write_it(string name) =>
        Assert.AreEqual(5, LengthOf(Catalogue(new MemoryStorage(), null), Octets.Of(name)));

    [TestMethod]
    public void Bytes_that_old_roms_add_behind_the_name_do_not_count()
    {
        byte[] name = Octets.Of("snponly.efi...");
        name[11] = 0;
        name[12] = 0xFF;
        name[13] = 0xFF;
        Assert.AreEqual(5, LengthOf(Catalogue(new MemoryStorage(), null), name));
    }

    [TestMethod]
    [DataRow("other.efi")]
    [DataRow("")]
    [DataRow("/")]
    [DataRow("settings.a")]
    [DataRow("snponly.efi/")]
    [DataRow("a-name-that-is-longer-than-any-loader-of-any-platform.efi")]
    public void What_the_catalogue_does_not_name_is_not_there(string name)
    {
        var storage = new MemoryStorage();
        storage.Set("settings.a", new byte[100]);
        storage.Set("other.efi", new byte[100]);
        byte[] bytes = Octets.Of(name);
        Assert.IsNull(Catalogue(storage, "http://10.0.0.1/").Open(bytes, 0, bytes.Length));
    }

    [TestMethod]
    public void A_file_on_the_storage_comes_before_the_one_in_the_firmware()
    {
        var storage = new MemoryStorage();
        storage.Set("snponly.efi", new byte[] { 1, 2, 3 });
        BootFiles files = Catalogue(storage, null);
        byte[] name = Octets.Of("snponly.efi");
        LoaderReader reader = files.Open(name, 0, name.Length);
        Assert.AreEqual(3, reader.Length);
        var bytes = new byte[4];
        Assert.AreEqual(2, reader.Read(1, bytes, 0, 4));
        Assert.AreEqual(2, (int)bytes[0]);
        Assert.AreEqual(3, (int)bytes[1]);
        Assert.AreEqual(1, reader.Read(0, bytes, 0, 1));
        Assert.AreEqual(1, (int)bytes[0]);
        reader.Close();
        reader.Close();
    }

    [TestMethod]
    public void A_loader_is_known_when_it_is_on_the_board_or_could_be_on_the_mirror()
    {
        Assert.IsTrue(Catalogue(new MemoryStorage(), null).Has(Octets.Of("snponly.efi")));
        Assert.IsFalse(Catalogue(new MemoryStorage(), null).Has(Octets.Of("undionly.kpxe")));
        Assert.IsTrue(Catalogue(new MemoryStorage(), "http://10.0.0.1/").Has(Octets.Of("undionly.kpxe")));
        Assert.IsFalse(Catalogue(new MemoryStorage(), "http://10.0.0.1/").Has(Octets.Of("other.efi")));
    }

    [TestMethod]
    public void The_loaders_that_usual_machines_lack_are_named()
    {
        BootFiles files = Catalogue(new MemoryStorage(), null);
        Assert.AreEqual("undionly.kpxe -", Missing(files, 0) + " " + Missing(files, 1));
        Assert.AreEqual("-", Missing(Catalogue(new MemoryStorage(), "http://10.0.0.1/"), 0));
        var text = new ByteWriter(64, 1024);
        files.WriteCatalogue(text);
        string words = text.ToString();
        Assert.IsTrue(words.Contains("missing: undionly.kpxe")
            && words.Contains("put them in the mirror's loaders folder ([mirror] url, loaders)"));
        Assert.IsTrue(words.Contains("Debian's ipxe package"));
    }

    [TestMethod]
    public void Autoexec_names_the_device_and_is_missing_while_it_has_no_address()
    {
        var board = new BuiltInLoader("snponly.efi");
        BootFiles files = Catalogue(new MemoryStorage(), null, board);
        byte[] name = Octets.Of("autoexec.ipxe");
        Assert.IsNull(files.Open(name, 0, name.Length));
        board.Authority = Octets.Of("192.168.1.5");
        LoaderReader reader = files.Open(name, 0, name.Length);
        var text = new byte[reader.Length];
        Assert.AreEqual(text.Length, reader.Read(0, text, 0, text.Length));
        Assert.IsTrue(Octets.Text(text, 0, text.Length).Contains("http://192.168.1.5/boot.ipxe"));
    }

    [TestMethod]
    public void Storage_that_cannot_be_read_leaves_the_other_loaders()
    {
        var storage = new MemoryStorage();
        storage.Dead = true;
        Assert.IsTrue(Catalogue(storage, null).Has(Octets.Of("snponly.efi")));
    }

    private static int LengthOf(BootFiles files, byte[] name)
    {
        LoaderReader reader = files.Open(name, 0, name.Length);
        return reader == null ? -1 : reader.Length;
    }

    private static BootFiles Catalogue(MemoryStorage storage, string mirror) =>
        Catalogue(storage, mirror, new BuiltInLoader("snponly.efi"));

    private static string Missing(BootFiles files, int index)
    {
        byte[] name = files.Missing(index, new Netboot.Settings.DeviceSettings());
        return name == null ? "-" : Octets.Text(name, 0, name.Length);
    }

    private static BootFiles Catalogue(MemoryStorage storage, string mirror, BuiltInLoader board)
    {
        var log = new Log(new LogText());
        var files = new BootFiles(storage, board, new Mirror(log), board, log);
        files.Configure(new byte[][] { Octets.Of("snponly.efi"), Octets.Of("undionly.kpxe") }, mirror);
        return files;
    }
}
