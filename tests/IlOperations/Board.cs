using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text;
using Netboot.Board;
using Netboot.Device;
using Netboot.Settings;

namespace Netboot.IlOperations;

/// <summary>A device without sockets, with its loaders built in and settings as a large homelab would have them.</summary>
internal static class Board
{
    public static readonly byte[] Address = [10, 77, 0, 2];

    public static readonly INetwork Network = new NoSockets();

    public static NetbootDevice WithMachines(int machines, INetwork network = null)
    {
        var text = new StringBuilder("[mirror]\nurl = http://10.77.0.3/\n[boot]\ndefault = p0\nx64 = p1\n");
        for (int i = 0; i < 16; i++)
        {
            text.Append($"[profile p{i}]\nkernel = vmlinuz{i}\ninitrd = initrd{i}\ncommand-line = console=ttyS0 init=/nix/store/abc{i}/init loglevel=4\n");
        }

        for (int i = 0; i < machines; i++)
        {
            text.Append($"[machine 52:54:00:aa:00:{i:x2}]\nname = machine{i}\nprofile = p{i % 16}\n");
        }

        var error = new SettingsError();
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        DeviceSettings settings = SettingsText.Parse(bytes, 0, bytes.Length, error)
            ?? throw new InvalidOperationException(error.ToString());
        var device = new NetbootDevice(new NoBoard(), network ?? Network, new Files(), new BuiltIn(), new NoChance(), 80);
        device.Use(settings);
        return device;
    }

    private sealed class NoBoard : IBoard
    {
        public string Target => "none";

        public string FirmwareVersion => "0";

        public byte[] MacAddress => null;

        public DateTime UtcNow => DateTime.MinValue;

        public bool HasRoom(int bytes) => true;

        public int FreeMemory() => 50_000;

        public void SetLed(bool lit) => throw new NotSupportedException();

        public void Reboot() => throw new NotSupportedException();
    }

    /// <summary>The same bytes every time: the count must be repeatable.</summary>
    private sealed class NoChance : IRandomness
    {
        public void Fill(byte[] buffer)
        {
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = (byte)(i * 37);
            }
        }
    }

    private sealed class NoSockets : INetwork
    {
        public byte[] Address => Board.Address;

        public byte[] SubnetMask { get; } = [255, 255, 255, 0];

        public int Generation => 0;

        public Socket OpenDatagram(int port) => throw new NotSupportedException();

        public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

        public Socket OpenListener(int port) => throw new NotSupportedException();
    }

    /// <summary>Files in memory.</summary>
    private sealed class Files : IStorage
    {
        private readonly Dictionary<string, byte[]> _files = [];

        public int Length(string name) => _files.TryGetValue(name, out byte[] content) ? content.Length : -1;

        public Stream OpenRead(string name) => _files.TryGetValue(name, out byte[] content) ? new MemoryStream(content, false) : null;

        public void Write(string name, byte[] content, int length) => _files[name] = content[..length];

        public void Write(string name, StorageContent content) => _files[name] = content.ToArray();

        public void Delete(string name) => _files.Remove(name);
    }

    private sealed class BuiltIn : PiecewiseLoaders
    {
        private static readonly string[] Names = ["undionly.kpxe", "snponly.efi", "snponly-arm64.efi"];

        public override int Count => Names.Length;

        public override string Name(int index) => Names[index];

        public override int Length(int index) => 1_000_000;

        public override string Version(int index) => "1.21.1+git20250501.dad20602+dfsg-1";

        public override string Hash(int index) => "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

        protected override byte[] Fetch(int index, int position, int count) => new byte[count];
    }
}
