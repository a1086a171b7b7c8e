using System;

namespace Netboot.Bytes;

/// <summary>The part of a URL that says where.</summary>
public static class UrlAuthority
{
    /// <summary>The port that HTTP URLs leave out.</summary>
    private const int DefaultPort = 80;

    /// <summary>An IPv4 address (4 bytes), with its port unless that is 80.</summary>
    public static byte[] Of(byte[] address, int port)
    {
        var text = new ByteWriter(24, 24);
        text.Address(address, 0);
        if (port != DefaultPort)
        {
            text.Byte(':').Number(port);
        }

        var authority = new byte[text.Length];
        Array.Copy(text.Buffer, 0, authority, 0, authority.Length);
        return authority;
    }
}
