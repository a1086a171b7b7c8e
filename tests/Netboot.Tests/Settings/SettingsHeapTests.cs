using System;
using Netboot.Bytes;
using Netboot.Settings;
using Netboot.Tests.Support;

namespace Netboot.Tests.Settings;

/// <summary>What settings take of the board's heap, by its rules: blocks of 12 bytes; an object is one block and one for each field.</summary>
[TestClass]
public class SettingsHeapTests
{
    // Of the 40 KB that may be in use at rest.
    private const int Budget = 12 * 1024;

    [TestMethod]
    public void Sixty_four_machines_and_sixteen_profiles_fit_their_share_of_the_heap()
    {
        string text = "[mirror]\nurl = http://192.168.1.10/\n[boot]\ndefault = profile0\n";
        for (int i = 0; i < 16; i++)
        {
            text += $"[profile profile{i}]\nkernel = images/{i}/vmlinuz\ninitrd = images/{i}/initrd.img\n"
                + "command-line = console=ttyS0 init=/nix/store/0123456789abcdefghijklmnopqrstuv-nixos/init loglevel=4\n";
        }

        for (int i = 0; i < 64; i++)
        {
            text += $"[machine 52:54:00:00:01:{i:x2}]\nname = machine-{i}\nprofile = profile{i % 16}\n" + (i % 4 == 0 ? $"uuid = 00112233-4455-6677-8899-aabbccddee{i:x2}\n" : "");
        }

        byte[] bytes = Octets.Of(text);
        var error = new SettingsError();
        DeviceSettings settings = SettingsText.Parse(bytes, 0, bytes.Length, error);
        Assert.IsNotNull(settings, error.ToString());
        var heap = new DeviceHeap();
        heap.Add(settings);
        int size = heap.Bytes;
        Console.WriteLine($"{size} bytes of heap");
        Assert.IsTrue(size <= Budget, $"{size} bytes");
    }
}
