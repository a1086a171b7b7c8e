using System;
using System.Collections.Generic;
using System.Reflection;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Settings;

/// <summary>What settings take of the board's heap, by its rules: blocks of 12 bytes; an object is one block and one for each field.</summary>
[TestClass]
public class SettingsHeapTests
{
    private const int Block = 12;

    // An array's head: what the heap keeps of each object, the element type and the count.
    private const int ArrayHead = 2 * Block;

    // Of the 40 KB that may be in use at rest.
    private const int Budget = 12 * 1024;

    [TestMethod]
    public void SixtyFourMachinesAndSixteenProfilesFitTheirShareOfTheHeap()
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
        int size = Size(settings, new HashSet<object>(ReferenceEqualityComparer.Instance));
        Console.WriteLine($"{size} bytes of heap");
        Assert.IsTrue(size <= Budget, $"{size} bytes");
    }

    private static int Size(object value, HashSet<object> seen)
    {
        if (value == null || !seen.Add(value))
        {
            return 0;
        }

        if (value is Array array)
        {
            Type element = array.GetType().GetElementType();
            int content = array.Length * (element.IsPrimitive ? Buffer.ByteLength(array) / Math.Max(1, array.Length) : Block);
            int size = ArrayHead + ((content + Block - 1) / Block * Block);
            if (!element.IsPrimitive)
            {
                foreach (object item in array)
                {
                    size += Size(item, seen);
                }
            }

            return size;
        }

        int total = Block;
        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            total += Block;
            if (!field.FieldType.IsValueType)
            {
                total += Size(field.GetValue(value), seen);
            }
        }

        return total;
    }
}
