using System;
using System.Collections;
using System.IO;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Firmware.Tests;

/// <summary>A board that keeps what was asked of it.</summary>
internal sealed class FakeBoard : IBoard
{
    public string Target => "FAKE";

    public string FirmwareVersion => "0";

    public byte[] MacAddress => null;

    public DateTime UtcNow => DateTime.MinValue;

    public bool Lit { get; private set; }

    public int Reboots { get; private set; }

    public int FreeMemory() => 0;

    public bool HasRoom(int bytes) => true;

    public void SetLed(bool lit) => Lit = lit;

    public void Reboot() => Reboots++;
}

/// <summary>Files in memory.</summary>
internal sealed class FakeStorage : IStorage
{
    private readonly Hashtable _files = new Hashtable();

    public int Length(string name) => _files[name] is byte[] content ? content.Length : -1;

    public Stream OpenRead(string name) => _files[name] is byte[] content ? new MemoryStream(content) : null;

    public void Write(string name, byte[] content, int length) => _files[name] = content.AsSpan(0, length).ToArray();

    public void Write(string name, StorageContent content) => throw new NotSupportedException();

    public void Delete(string name) => _files.Remove(name);
}

/// <summary>A log's text.</summary>
internal static class LogReading
{
    /// <summary>All lines, each with an end.</summary>
    public static string All(this Log log)
    {
        var text = new ByteWriter(256, 64 * 1024);
        for (int i = log.Oldest; i < log.Added; i++)
        {
            log.Write(i, text, out long _);
            text.Byte('\n');
        }

        return text.ToString();
    }
}
