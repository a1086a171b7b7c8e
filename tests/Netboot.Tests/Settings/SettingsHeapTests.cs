using System;
using System.Text;
using Netboot.Bytes;
using Netboot.Settings;
using Netboot.Tests.Support;

namespace Netboot.Tests.Settings;

/// <summary>
/// What settings take of the board's heap, by its rules: blocks of 12 bytes; an object is one block and one for each field.
/// </summary>
[TestClass]
public class SettingsHeapTests
{
    /// <summary>At rest 64/16 may cost 6 KB: so much more than with nothing set.</summary>
    private const int Budget = 5820;

    private const int BudgetOfNothing = 700;

    /// <summary>What reads a text, beside the settings that it makes: its own part of what a change needs.</summary>
    private const int BudgetOfReading = 2880;

    /// <summary>The largest piece that a heap which was in use for a while has room for.</summary>
    private const int LargestPiece = 1032;

    [TestMethod]
    public void Sixty_four_machines_and_sixteen_profiles_fit_their_share_of_the_heap()
    {
        DeviceHeap heap = Count(Parse(SixtyFour(false)));
        Console.WriteLine($"{heap.Bytes} bytes of heap: {heap.Largest(20)}");
        Assert.IsTrue(heap.Bytes <= Budget, heap.Bytes + " bytes");
        Assert.IsTrue(heap.Bytes > 3000, "the walk finds them");
    }

    [TestMethod]
    public void With_nothing_set_there_is_next_to_nothing()
    {
        DeviceHeap heap = Count(new DeviceSettings());
        Console.WriteLine($"{heap.Bytes} bytes of heap: {heap.Largest(20)}");
        Assert.IsTrue(heap.Bytes <= BudgetOfNothing, heap.Bytes + " bytes");
    }

    [TestMethod]
    public void What_they_say_of_their_size_is_a_little_more_than_it_is()
    {
        foreach (string text in new[] { "", SixtyFour(true), SettingsTextTests.Everything, Fullest(), Prefixes() })
        {
            DeviceSettings settings = Parse(text);
            int bytes = Count(settings).Bytes;
            Console.WriteLine($"{text.Length} characters: {bytes} bytes of heap, said {settings.Size}");
            Assert.IsTrue(settings.Size >= bytes, $"{settings.Size} said, {bytes} counted");
            Assert.IsTrue(settings.Size <= (bytes * 5 / 4) + 200, $"{settings.Size} said, {bytes} counted");
        }
    }

    [TestMethod]
    public void Reading_takes_little_beside_them_and_nothing_that_is_larger_than_1_KB()
    {
        foreach (string text in new[] { SixtyFour(true), Fullest() })
        {
            byte[] bytes = Octets.Of(text);
            var reader = new SettingsReader(true, new SettingsError());
            for (int i = 0; i < bytes.Length; i += 256)
            {
                reader.Feed(bytes, i, Math.Min(256, bytes.Length - i));
            }

            // The reader lets go of the text that it was given last.
            var heap = new DeviceHeap();
            heap.Ignore(bytes);
            heap.Add(reader);
            int settings = Count(Parse(text)).Bytes;
            Console.WriteLine($"{text.Length} characters: {heap.Bytes} bytes while they are read, {settings} afterwards; largest array {heap.LargestArray}; {heap.Largest(12)}");
            Assert.IsTrue(heap.Bytes - settings <= BudgetOfReading, heap.Bytes + " bytes");
            Assert.IsTrue(heap.LargestArray <= LargestPiece, heap.LargestArray + " bytes in one array");
        }
    }

    private static DeviceHeap Count(DeviceSettings settings)
    {
        var heap = new DeviceHeap();
        heap.Add(settings);
        return heap;
    }

    private static DeviceSettings Parse(string text)
    {
        byte[] bytes = Octets.Of(text);
        var error = new SettingsError();
        DeviceSettings settings = SettingsText.Parse(bytes, 0, bytes.Length, error);
        Assert.IsNotNull(settings, error.ToString());
        return settings;
    }

    private static string SixtyFour(bool uuids)
    {
        var text = new StringBuilder("[mirror]\nurl = http://192.168.1.10/\n[boot]\ndefault = profile0\n");
        for (int i = 0; i < 16; i++)
        {
            text.Append($"[profile profile{i}]\nkernel = images/{i}/vmlinuz\ninitrd = images/{i}/initrd.img\n");
            text.Append("command-line = console=ttyS0 init=/nix/store/0123456789abcdefghijklmnopqrstuv-nixos/init loglevel=4\n");
        }

        for (int i = 0; i < 64; i++)
        {
            text.Append($"[machine 52:54:00:00:01:{i:x2}]\nname = machine-{i}\nprofile = profile{i % 16}\n");
            text.Append(uuids && i % 4 == 0 ? $"uuid = 00112233-4455-6677-8899-aabbccddee{i:x2}\n" : "");
        }

        return text.ToString();
    }

    private static string Prefixes()
    {
        var text = new StringBuilder();
        for (int i = 0; i < SettingsLimits.Machines; i++)
        {
            text.Append($"[machine 52:54:00:00:{i:x2}:*]\n");
        }

        return text.ToString();
    }

    // As many of everything as there may be, and one profile that is as long as one can be.
    private static string Fullest()
    {
        string url = new('u', 190);
        var text =
            new StringBuilder($"[mirror]\nurl = http://192.168.1.10/\n[profile longest]\nkernel = {url}\ncommand-line = {new string('c', 500)}\n");
        for (int i = 0; i < SettingsLimits.Initrds; i++)
        {
            text.Append($"initrd = {url}\n");
        }

        for (int i = 1; i < SettingsLimits.Profiles; i++)
        {
            text.Append($"[profile profile{i}]\nkernel = {i}/vmlinuz\n");
        }

        for (int i = 0; i < SettingsLimits.Machines; i++)
        {
            text.Append($"[machine 52:54:00:00:01:{i:x2}]\nname = a-name-of-24-letters-{i:d3}\nprofile = profile{1 + (i % 23)}\nuuid = 00112233445566778899aabbccddee{i:x2}\n");
        }

        return text.ToString();
    }
}
