using System;
using System.Globalization;

namespace Netboot.Tests.Support;

/// <summary>A seeded source of bad input, and how much of it a run makes.</summary>
public static class Fuzz
{
    /// <summary>Packets a parser gets in CI; the long run sets NETBOOT_FUZZ_PACKETS to a million and more.</summary>
    private const int PacketsInCi = 50_000;

    /// <summary>Packets for each parser in this run.</summary>
    public static int Packets
    {
        get
        {
            string text = Environment.GetEnvironmentVariable("NETBOOT_FUZZ_PACKETS");
            return string.IsNullOrEmpty(text) ? PacketsInCi : int.Parse(text, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>
    /// Fills <paramref name="packet"/> from <paramref name="seeds"/> or from nothing: whole, cut, with bytes changed, with pieces repeated,
    /// or random. Gives its length, at most that of the array.
    /// </summary>
    public static int Make(Random random, byte[][] seeds, byte[] packet)
    {
        byte[] seed = seeds[random.Next(seeds.Length)];
        int length = Math.Min(seed.Length, packet.Length);
        Array.Copy(seed, packet, length);
        switch (random.Next(5))
        {
            case 0:
                length = random.Next(packet.Length + 1);
                random.NextBytes(packet.AsSpan(0, length));
                break;
            case 1:
                length = random.Next(length + 1);
                break;
            case 2:
                for (int i = random.Next(1, 12); i > 0; i--)
                {
                    packet[random.Next(length)] = (byte)random.Next(256);
                }

                break;
            case 3:
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    int from = random.Next(length);
                    int count = random.Next(Math.Min(300, length - from)) + 1;
                    int to = random.Next(packet.Length - count);
                    Array.Copy(packet, from, packet, to, count);
                    length = Math.Max(length, to + count);
                }

                break;
            default:
                // The interesting bytes of a length field.
                byte[] edges = [0, 1, 4, 127, 128, 254, 255];
                for (int i = random.Next(1, 6); i > 0; i--)
                {
                    packet[random.Next(length)] = edges[random.Next(edges.Length)];
                }

                break;
        }

        return length;
    }
}
