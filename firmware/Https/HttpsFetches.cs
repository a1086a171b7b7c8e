using System;
using System.IO;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Firmware;

/// <summary>
/// Fetches https:// URLs on boards with PSRAM. The server's certificate is checked against one authority that the owner puts into the
/// storage; without it nothing is fetched, because a connection that trusts anybody is no better than http.
/// </summary>
public sealed class HttpsFetches : IHttps
{
    /// <summary>The file with the authority's certificate, PEM.</summary>
    public const string AuthorityFile = "ca.pem";

    /// <summary>A certificate of RSA-4096 has some 2.5 KB in PEM; a file of many is refused by the platform anyway.</summary>
    private const int LongestAuthority = 8192;

    private readonly IStorage _storage;

    /// <summary>Fetches that trust the authority in <paramref name="storage"/>.</summary>
    public HttpsFetches(IStorage storage)
    {
        _storage = storage;
    }

    /// <inheritdoc/>
    public Fetch New()
    {
        return new HttpsFetch(this);
    }

    /// <summary>
    /// The authority's certificate, or null when there is none; read each time, because it is seldom needed and may be replaced.
    /// </summary>
    internal string Authority()
    {
        int length = _storage.Length(AuthorityFile);
        if (length <= 0 || length > LongestAuthority)
        {
            return null;
        }

        Stream stream = _storage.OpenRead(AuthorityFile);
        if (stream == null)
        {
            return null;
        }

        try
        {
            var text = new byte[length];
            int at = 0;
            for (int count = 1; count > 0 && at < length; at += count)
            {
                count = stream.Read(text, at, length - at);
            }

            return at == length ? Octets.Text(text, 0, length) : null;
        }
        finally
        {
            stream.Close();
        }
    }
}
