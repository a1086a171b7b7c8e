using Netboot.Board;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Settings;
using Netboot.Tests.Terminal;

namespace Netboot.Tests.Settings;

/// <summary>
/// A flash that fails at any call, once or always, in writing, in reading, or in both: what is in force stays in force until the new text
/// was read back, what was told to have failed is not there later, and what could not be read is neither written over nor does it let
/// anybody set a first password.
/// </summary>
[TestClass]
public class StorageFaultTests
{
    private const string Old =
        "[device]\nname = old\n[profile disk]\nkind = local\n[profile live]\nkernel = http://a/b\n[machine 52:54:00:12:34:56]\nonce = disk\n";

    private const int Changes = 4;

    /// <summary>Later than any wait.</summary>
    private const long Later = long.MaxValue / 2;

    private static readonly byte[] s_password = PagePassword.Create(Octets.Of("correct-horse"), 0, 13);
    private static readonly byte[] s_other = PagePassword.Create(Octets.Of("another-horse"), 0, 13);

    [TestMethod]
    [DataRow(false, true, false)]
    [DataRow(false, true, true)]
    [DataRow(true, false, false)]
    [DataRow(true, false, true)]
    [DataRow(true, true, false)]
    [DataRow(true, true, true)]
    public void A_change_is_there_or_it_is_not(bool reads, bool writes, bool always)
    {
        int cases = 0;
        for (int way = FaultyStorage.FailsBefore; way <= FaultyStorage.FailsAfter; way++)
        {
            for (int change = 0; change < Changes; change++)
            {
                int calls = 1;
                for (int at = 0; at < calls; at++)
                {
                    calls = Try(reads, writes, always, way, change, at);
                    cases++;
                }
            }
        }

        Assert.IsTrue(cases > 10);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_start_that_cannot_read_everything_loses_nothing(bool always)
    {
        int lost = 0;
        for (int way = FaultyStorage.FailsBefore; way <= FaultyStorage.FailsHalfway; way++)
        {
            int calls = 1;
            for (int at = 0; at < calls; at++)
            {
                FaultyStorage storage = Stored(out string text);
                string first = Content(storage, SettingsStore.FirstFile);
                string second = Content(storage, SettingsStore.SecondFile);
                storage.Way = way;
                storage.Break(true, false, at, always);
                NetbootDevice device = Device(storage);
                device.Load();
                calls = storage.Calls;
                string place = "way " + way.ToString() + ", call " + at.ToString();
                if (Text(device) != text)
                {
                    lost++;
                    Assert.IsTrue(device.AreSettingsLost, place);
                    var error = new SettingsError();
                    Assert.IsFalse(device.Change(new Renamed("new"), error), place);
                    Assert.IsFalse(device.SetPassword(s_other, error), place);
                    Assert.IsTrue(error.Message.Length > 0);
                    device.TickSettings(Later);
                }

                Assert.AreEqual(first, Content(storage, SettingsStore.FirstFile), place);
                Assert.AreEqual(second, Content(storage, SettingsStore.SecondFile), place);
                storage.Heal();
                device.TickSettings(Later + 100000);
                Assert.AreEqual(text, Text(device), place);
                Assert.IsFalse(device.AreSettingsLost, place);
                Assert.IsTrue(device.Change(new Renamed("next"), new SettingsError()), place);
                Assert.IsTrue(Next(storage).IndexOf("name = next") > 0, place);
            }
        }

        Assert.IsTrue(lost > 0 || !always);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_machine_that_uses_up_its_next_boot_while_a_change_is_written_hinders_nothing(int change)
    {
        FaultyStorage storage = Stored(out string _);
        NetbootDevice device = Device(storage);
        device.Load();
        storage.Meanwhile = () => device.OnceUsed(device.Rules.Settings, 0);
        Assert.IsTrue(Make(device, change));
        storage.Meanwhile = null;
        bool given = change == 2;
        Assert.AreEqual(given, device.Rules.Settings.Machines.Once(0) != MachineTable.None);
        device.TickSettings(Later);
        Assert.AreEqual(Text(device), Next(storage));
        Assert.AreEqual(given, Next(storage).IndexOf("once") > 0);
    }

    // One change with one fault; gives how many calls of the storage there were.
    private static int Try(bool reads, bool writes, bool always, int way, int change, int at)
    {
        string place = "way " + way.ToString() + ", change " + change.ToString() + ", call " + at.ToString();
        FaultyStorage storage = Stored(out string before);
        NetbootDevice device = Device(storage);
        device.Load();
        storage.Way = way;
        storage.Break(reads, writes, at, always);
        bool made = Make(device, change);
        int calls = storage.Calls;
        string after = Text(device);
        Assert.AreEqual(made, after != before, place);
        Assert.IsFalse(device.AreSettingsLost, place);
        Assert.IsNotNull(device.Rules.Settings.Value(SettingsKey.PagePassword), place);

        // While the flash takes nothing at all, nothing can be taken back there: it is as soon as it can.
        storage.Heal();
        if (!(always && writes))
        {
            Assert.AreEqual(after, Next(storage), place);
        }

        device.TickSettings(Later);
        Assert.AreEqual(after, Next(storage), place);
        Assert.IsTrue(device.Change(new Renamed("next"), new SettingsError()), place);
        string next = Next(storage);
        Assert.IsTrue(next == Text(device) && next.IndexOf("name = next") > 0 && next.IndexOf("password = ") > 0, place);
        return calls;
    }

    private static bool Make(NetbootDevice device, int change)
    {
        var error = new SettingsError();
        DeviceSettings settings = device.Rules.Settings;
        switch (change)
        {
            case 0: return device.Change(new Renamed("new"), error);
            case 1: return device.SetPassword(s_other, error);
            case 2: return device.Assign(settings, 0, 1, true, error);
            default: return device.Assign(settings, 0, 1, false, error);
        }
    }

    // Both files are there, and the newer one has it all.
    private static FaultyStorage Stored(out string text)
    {
        var storage = new FaultyStorage();
        NetbootDevice device = Device(storage);
        var error = new SettingsError();
        Assert.IsTrue(device.Save(SettingsTextTests.Good(Old), error));
        Assert.IsTrue(device.SetPassword(s_password, error));
        text = Text(device);
        return storage;
    }

    private static NetbootDevice Device(IStorage storage)
    {
        var bench = new ConsoleBench();
        return new NetbootDevice(bench, bench, storage, bench, bench, 80);
    }

    private static string Next(FaultyStorage storage) =>
        SettingsTextTests.Written(new SettingsStore(storage).Load(new Netboot.Logging.Log(new Netboot.Journal.LogText())));

    private static string Text(NetbootDevice device) => SettingsTextTests.Written(device.Rules.Settings);

    private static string Content(FaultyStorage storage, string file)
    {
        byte[] content = storage.Files.Content(file);
        return content == null ? null : Octets.Text(content, 18, content.Length - 18);
    }

    private sealed class Renamed : SettingsChange
    {
        private readonly string _name;

        public Renamed(string name)
        {
            _name = name;
        }

        public override DeviceSettings Apply(DeviceSettings current, SettingsError error) =>
            SettingsEditor.Set(current, "device", "name", _name, error);
    }
}
