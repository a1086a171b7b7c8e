namespace Netboot.Tests.Journal;

/// <summary>Captured packets, changed for a test.</summary>
internal static class ChangedPacket
{
    /// <summary>The same packet of a machine that does not netboot: another class, and another user class if it has one.</summary>
    public static byte[] OfSystem(byte[] packet)
    {
        packet[OptionOf(packet, 60) + 2] = (byte)'M';
        int userClass = OptionOf(packet, 77);
        if (userClass >= 0)
        {
            packet[userClass + 2] = (byte)'M';
        }

        return packet;
    }

    /// <summary>Where an option begins, by its number; -1 without it.</summary>
    public static int OptionOf(byte[] packet, int code)
    {
        int at = 240;
        while (packet[at] != code)
        {
            if (packet[at] == 255)
            {
                return -1;
            }

            at += 2 + packet[at + 1];
        }

        return at;
    }
}
