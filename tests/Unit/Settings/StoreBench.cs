using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Tests.Settings;

/// <summary>A storage, and settings in it.</summary>
internal sealed class StoreBench
{
    public MemoryStorage Storage { get; } = new MemoryStorage();

    public SettingsError Error { get; } = new SettingsError();

    /// <summary>What a device that starts now would find, as a text.</summary>
    public string Loaded() => SettingsTextTests.Written(new SettingsStore(Storage).Load(new Log(new LogText())));

    /// <summary>Saves settings that have nothing but this name.</summary>
    public void Save(string name)
    {
        var store = new SettingsStore(Storage);
        store.Load(new Log(new LogText()));
        Assert.IsTrue(store.Save(SettingsTextTests.Good("[device]\nname = " + name), Error));
    }
}
