using System;
using System.IO;
using Netboot.Board;

namespace Netboot.Tests.Settings;

/// <summary>A storage that fails at calls of the test's choice, once or from then on: writing, reading, or both.</summary>
internal sealed class FaultyStorage : IStorage
{
    /// <summary>
    /// Calls that fail at once; writes that fail in the middle, reads that end there; writes that fail when everything is there already,
    /// reads that are wrong.
    /// </summary>
    public const int FailsBefore = 0;

    public const int FailsHalfway = 1;

    public const int FailsAfter = 2;

    private int _calls;

    public MemoryStorage Files { get; } = new MemoryStorage();

    /// <summary>Whether reading can fail: a file's length, or the file.</summary>
    public bool Reads { get; set; }

    /// <summary>Whether writing and removing can fail.</summary>
    public bool Writes { get; set; }

    /// <summary>How they fail.</summary>
    public int Way { get; set; }

    /// <summary>The call of these kinds that fails first, from 0; negative: none does.</summary>
    public int FailsAt { get; set; } = -1;

    /// <summary>Whether all after it fail too.</summary>
    public bool Always { get; set; }

    /// <summary>Happens while a content is written, after its length was counted; or null.</summary>
    public Action Meanwhile { get; set; }

    /// <summary>Calls of these kinds since <see cref="Break"/>.</summary>
    public int Calls => _calls;

    public void Break(bool reads, bool writes, int at, bool always)
    {
        Reads = reads;
        Writes = writes;
        FailsAt = at;
        Always = always;
        _calls = 0;
    }

    public void Heal() => FailsAt = -1;

    public int Length(string name)
    {
        Check(Reads);
        return Files.Length(name);
    }

    public Stream OpenRead(string name)
    {
        bool fails = Reads && IsDue();
        Throw(fails && Way == FailsBefore);
        Stream stream = Files.OpenRead(name);
        if (stream == null || !fails)
        {
            return stream;
        }

        // A file that ends too early, or reads wrong.
        byte[] content = Files.Content(name);
        int length = Way == FailsHalfway ? content.Length / 2 : content.Length;
        var copy = new byte[length];
        Array.Copy(content, 0, copy, 0, length);
        copy[length - 1] ^= (byte)(Way == FailsAfter ? 1 : 0);
        return new MemoryStream(copy);
    }

    public void Write(string name, byte[] content, int length)
    {
        bool fails = Writes && IsDue();
        if (!fails || Way != FailsBefore)
        {
            Files.Write(name, content, fails && Way == FailsHalfway ? length / 2 : length);
        }

        Throw(fails);
    }

    public void Write(string name, StorageContent content)
    {
        if (Meanwhile != null)
        {
            Meanwhile();
        }

        byte[] all = content.ToArray();
        Write(name, all, all.Length);
    }

    public void Delete(string name)
    {
        Check(Writes);
        Files.Delete(name);
    }

    private void Check(bool kind) => Throw(kind && IsDue());

    private bool IsDue()
    {
        int call = _calls++;
        return FailsAt >= 0 && (call == FailsAt || (Always && call > FailsAt));
    }

    private static void Throw(bool fails)
    {
        if (fails)
        {
            throw new IOException("the flash fails");
        }
    }
}
