using Netboot.Bytes;

namespace Netboot.Tests.Terminal;

/// <summary>One line of a terminal: what a person sees after the bytes.</summary>
internal static class Screen
{
    public static string Of(ByteWriter shown)
    {
        var line = new byte[4096];
        int length = 0;
        int cursor = 0;
        byte[] bytes = shown.Buffer;
        for (int i = 0; i < shown.Length; i++)
        {
            byte value = bytes[i];
            if (value == 8)
            {
                cursor--;
            }
            else if (value == 27)
            {
                int end = Octets.IndexOf(bytes, i, shown.Length - i, (byte)'D');
                cursor -= Octets.ParseNumber(bytes, i + 2, end - i - 2);
                i = end;
            }
            else if (value >= 0x20)
            {
                line[cursor++] = value;
                length = cursor > length ? cursor : length;
            }
        }

        while (length > 0 && line[length - 1] == (byte)' ')
        {
            length--;
        }

        return Octets.Text(line, 0, length);
    }
}
