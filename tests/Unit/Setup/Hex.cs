using Netboot.Bytes;

namespace Netboot.Tests.Setup;

/// <summary>Packets written as hexadecimal text.</summary>
public static class Hex
{
    /// <summary>The bytes of <paramref name="text"/>, two digits each.</summary>
    public static byte[] Bytes(string text)
    {
        byte[] digits = Octets.Of(text);
        var bytes = new byte[digits.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((Octets.HexDigit(digits[2 * i]) << 4) | Octets.HexDigit(digits[(2 * i) + 1]));
        }

        return bytes;
    }
}
