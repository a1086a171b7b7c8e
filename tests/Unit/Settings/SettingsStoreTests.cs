using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Tests.Settings;

[TestClass]
public class SettingsStoreTests
{
    [TestMethod]
    public void A_file_of_the_first_format_is_still_read()
    {
        var storage = new MemoryStorage();
        storage.Set("settings.a",
            Netboot.Tests.Setup.Hex.Bytes("4e42534500010000000500000016e2f2f6625b6465766963655d0a6e616d65203d207368656c660a"));
        var store = new SettingsStore(storage);
        Assert.AreEqual("shelf", Octets.Text(store.Load(new Log(new LogText())).Name, 0, 5));
    }

    /// <summary>Earlier versions had no templates but Pixiecore's, and took any other braces for text.</summary>
    [TestMethod]
    public void Braces_that_an_earlier_version_took_stay_and_new_ones_are_refused()
    {
        var storage = new MemoryStorage();
        storage.Set("settings.a",
            Netboot.Tests.Setup.Hex.Bytes("4e4253450001000000050000003fc4b729b15b70726f66696c6520705d0a6b65726e656c203d20687474703a2f2f612f6b0a636f6d6d616e642d6c696e65203d20783d7b776f72647d20793d7b7a207d0a"));
        DeviceSettings settings = new SettingsStore(storage).Load(new Log(new LogText()));
        const string Text = "[profile p]\nkernel = http://a/k\ncommand-line = x={word} y={z }\n";
        Assert.AreEqual(Text, SettingsTextTests.Written(settings));
        var error = new SettingsError();
        settings = SettingsEditor.Set(settings, "device", "name", "attic", error);
        Assert.IsNull(error.Message);
        Assert.AreEqual("[device]\nname = attic\n\n" + Text, SettingsTextTests.Written(settings));
        Assert.IsNull(SettingsEditor.Set(settings, "profile p", "command-line", "x={other}", error));
        Assert.IsTrue(error.Message.Contains("'{other}' is not a known template"));
    }

    [TestMethod]
    public void What_is_saved_is_loaded()
    {
        var bench = new StoreBench();
        Assert.AreEqual("", bench.Loaded());
        string[] files = { SettingsStore.FirstFile, SettingsStore.SecondFile, SettingsStore.FirstFile };
        var store = new SettingsStore(bench.Storage);
        store.Load(new Log(new LogText()));
        for (int i = 0; i < files.Length; i++)
        {
            Assert.IsTrue(store.Save(Named("n" + i.ToString()), bench.Error));
            Assert.AreEqual(files[i], store.CurrentFile);
            Assert.AreEqual("[device]\nname = n" + i.ToString() + "\n", bench.Loaded());
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_power_cut_at_any_byte_leaves_the_old_or_the_new(bool keepsTail)
    {
        var bench = new StoreBench();
        int size = SettingsText(Named("new")).Length + 18;
        for (int cut = 0; cut <= size + 1; cut++)
        {
            for (int saves = 1; saves <= 3; saves++)
            {
                var storage = new MemoryStorage { KeepsTail = keepsTail };
                var store = new SettingsStore(storage);
                store.Load(new Log(new LogText()));
                for (int i = 0; i < saves; i++)
                {
                    Assert.IsTrue(store.Save(Named("old" + i.ToString()), bench.Error));
                }

                storage.BytesLeft = cut;
                bool saved = store.Save(Named("new"), bench.Error);
                Assert.AreEqual(cut > size, saved);
                storage.BytesLeft = -1;
                storage.Dead = false;

                string old = "[device]\nname = old" + (saves - 1).ToString() + "\n";
                var after = new SettingsStore(storage);
                string loaded = SettingsText(after.Load(new Log(new LogText())));
                Assert.IsTrue(loaded == "[device]\nname = new\n" || (!saved && loaded == old));

                // And it goes on from there.
                Assert.IsTrue(after.Save(Named("next"), bench.Error));
                Assert.AreEqual("[device]\nname = next\n", SettingsText(new SettingsStore(storage).Load(new Log(new LogText()))));
            }
        }
    }

    [TestMethod]
    public void A_damaged_byte_anywhere_falls_back_to_the_other()
    {
        var bench = new StoreBench();
        bench.Save("old");
        bench.Save("new");
        byte[] content = bench.Storage.Content(SettingsStore.SecondFile);
        for (int i = 0; i < content.Length; i++)
        {
            content[i] ^= 0x10;
            Assert.AreEqual("[device]\nname = old\n", bench.Loaded());
            content[i] ^= 0x10;
        }

        for (int length = 0; length < content.Length; length++)
        {
            var part = new byte[length];
            System.Array.Copy(content, 0, part, 0, length);
            bench.Storage.Set(SettingsStore.SecondFile, part);
            Assert.AreEqual("[device]\nname = old\n", bench.Loaded());
        }
    }

    [TestMethod]
    public void With_both_damaged_the_defaults_hold_and_the_log_says_why()
    {
        var bench = new StoreBench();
        bench.Storage.Set(SettingsStore.FirstFile, new byte[5]);
        bench.Storage.Set(SettingsStore.SecondFile, new byte[40]);
        var log = new Log(new LogText());
        Assert.AreEqual("", SettingsText(new SettingsStore(bench.Storage).Load(log)));
        Assert.AreEqual("[Init] settings.a is not used: is not a settings file", Line(log, 0));
        Assert.AreEqual("[Init] settings.b is not used: is not a settings file", Line(log, 1));
        Assert.AreEqual("[Init] Cannot use the stored settings: using defaults", Line(log, 2));
        bench.Save("new");
        Assert.AreEqual("[device]\nname = new\n", bench.Loaded());
    }

    [TestMethod]
    public void A_storage_that_fails_keeps_the_old_and_says_why()
    {
        var bench = new StoreBench();
        bench.Save("old");
        var store = new SettingsStore(bench.Storage);
        store.Load(new Log(new LogText()));
        bench.Storage.Capacity = 20;
        Assert.IsFalse(store.Save(Named("new"), bench.Error));
        Assert.AreEqual("cannot write settings.b: disk full", bench.Error.ToString());
        bench.Storage.Capacity = 10000;
        bench.Storage.BadByte = 30;
        Assert.IsFalse(store.Save(Named("new"), bench.Error));
        Assert.AreEqual("reading back what was written to settings.b gives something else", bench.Error.ToString());
        bench.Storage.BadByte = -1;
        bench.Storage.ReadThrows = true;
        Assert.IsFalse(store.Save(Named("new"), bench.Error));
        Assert.AreEqual(SettingsStore.FirstFile, store.CurrentFile);

        var log = new Log(new LogText());
        Assert.AreEqual("", SettingsText(new SettingsStore(bench.Storage).Load(log)));
        Assert.AreEqual("[Init] settings.a is not used: cannot be read: read failed", Line(log, 0));
        bench.Storage.ReadThrows = false;
        Assert.IsTrue(store.Save(Named("newer"), bench.Error));
        Assert.AreEqual("[device]\nname = newer\n", bench.Loaded());
    }

    [TestMethod]
    public void A_text_put_there_is_taken_over_once()
    {
        var bench = new StoreBench();
        bench.Save("old");
        bench.Storage.Set(SettingsStore.ImportFile, Octets.Of("[device]\nname = flashed\n"));
        var log = new Log(new LogText());
        var store = new SettingsStore(bench.Storage);
        Assert.AreEqual("[device]\nname = flashed\n", SettingsText(store.Load(log)));
        Assert.AreEqual("[Init] Settings from netboot.cfg, now in settings.b", Line(log, 0));
        Assert.AreEqual(1, log.Added);
        Assert.AreEqual(-1, bench.Storage.Length(SettingsStore.ImportFile));
        Assert.AreEqual("[device]\nname = flashed\n", bench.Loaded());
    }

    [TestMethod]
    public void A_wrong_text_put_there_changes_nothing()
    {
        var bench = new StoreBench();
        bench.Save("old");
        bench.Storage.Set(SettingsStore.ImportFile, Octets.Of("[device]\nnames = x\n"));
        var log = new Log(new LogText());
        var store = new SettingsStore(bench.Storage);
        Assert.AreEqual("[device]\nname = old\n", SettingsText(store.Load(log)));
        Assert.AreEqual("line 2, [device]: 'names' is not a key of this section; allowed: name, led, led-level", store.ImportRefusal);
        string logged = Line(log, 0);
        Assert.AreEqual("[Init] netboot.cfg is not used: line 2, [device]: 'names' is not a key of this section; allowed: name, led, led-level", logged);
        Assert.AreEqual("[Init] Settings from settings.a", Line(log, 1));
        Assert.IsTrue(bench.Storage.Length(SettingsStore.ImportFile) > 0);
    }

    [TestMethod]
    public void A_text_that_cannot_be_stored_or_removed_is_used_all_the_same()
    {
        var bench = new StoreBench();
        bench.Storage.Set(SettingsStore.ImportFile, Octets.Of("[device]\nname = flashed\n"));
        bench.Storage.Capacity = 10;
        var store = new SettingsStore(bench.Storage);
        Assert.AreEqual("[device]\nname = flashed\n", SettingsText(store.Load(new Log(new LogText()))));
        Assert.AreEqual("used, but not stored: cannot write settings.a: disk full", store.ImportRefusal);
        bench.Storage.Capacity = 10000;
        bench.Storage.DeleteThrows = true;
        Assert.AreEqual("[device]\nname = flashed\n", SettingsText(store.Load(new Log(new LogText()))));
        Assert.AreEqual("cannot be removed and will replace the settings again at the next start: cannot delete", store.ImportRefusal);
    }

    [TestMethod]
    public void A_text_put_there_replaces_all_but_the_password()
    {
        StoreBench bench = WithPassword();
        for (int start = 0; start < 3; start++)
        {
            bench.Storage.Set(SettingsStore.ImportFile, Octets.Of("[device]\nname = given\n"));
            DeviceSettings loaded = new SettingsStore(bench.Storage).Load(new Log(new LogText()));
            Assert.AreEqual("given", Octets.Text(loaded.Name, 0, loaded.Name.Length));
            Assert.IsTrue(PagePassword.Check(loaded.Value(SettingsKey.PagePassword), Octets.Of("correct-horse"), 0, 13));
            Assert.AreEqual(SettingsText(loaded), bench.Loaded());
        }
    }

    [TestMethod]
    public void A_text_put_there_that_has_a_password_sets_it()
    {
        StoreBench[] benches = { new StoreBench(), WithPassword() };
        for (int i = 0; i < benches.Length; i++)
        {
            benches[i].Storage.Set(SettingsStore.ImportFile, Octets.Of("[page]\npassword = another-horse\n"));
            byte[] form = new SettingsStore(benches[i].Storage).Load(new Log(new LogText())).Value(SettingsKey.PagePassword);
            Assert.IsTrue(PagePassword.Check(form, Octets.Of("another-horse"), 0, 13));
        }
    }

    private static StoreBench WithPassword()
    {
        var bench = new StoreBench();
        DeviceSettings old = Named("old");
        old.SetValue(SettingsKey.PagePassword, PagePassword.Create(Octets.Of("correct-horse"), 0, 13));
        var store = new SettingsStore(bench.Storage);
        store.Load(new Log(new LogText()));
        Assert.IsTrue(store.Save(old, bench.Error));
        return bench;
    }

    [TestMethod]
    public void A_stored_UUID_that_boards_share_is_passed_over_and_nothing_else_is_lost()
    {
        const string Machine = "[machine 52:54:00:12:34:56]\nname = nas\nuuid = 22222222222222222222222222222200\n";
        var bench = new StoreBench();
        var store = new SettingsStore(bench.Storage);
        store.Load(new Log(new LogText()));
        Assert.IsTrue(store.Save(SettingsTextTests.Good(Machine), bench.Error));

        // As an earlier version, which took them all, would have stored it.
        byte[] content = bench.Storage.Content(SettingsStore.FirstFile);
        int at = content.Length - 1 - 36;
        byte[] shared = Octets.Of("03000200-0400-0500-0006-000700080009");
        System.Array.Copy(shared, 0, content, at, shared.Length);
        var sum = new TextSum();
        sum.Add(content, 18, content.Length);
        sum.Add(content, 0, 14);
        Octets.WriteInt32(content, 14, sum.Finish());
        var log = new Log(new LogText());
        Assert.AreEqual("[machine 52:54:00:12:34:56]\nname = nas\n", SettingsText(new SettingsStore(bench.Storage).Load(log)));
        Assert.IsTrue(Line(log, 0).StartsWith("[Init] Ignoring UUIDs that many boards share: 1"));
    }

    private static DeviceSettings Named(string name) => SettingsTextTests.Good("[device]\nname = " + name);

    private static string SettingsText(DeviceSettings settings) => SettingsTextTests.Written(settings);

    private static string Line(Log log, int index)
    {
        var writer = new ByteWriter(128, 128);
        Assert.IsTrue(log.Write(index, writer, out _));
        return writer.ToString();
    }
}
