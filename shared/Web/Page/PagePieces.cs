using System;
using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Web;

/// <summary>
/// The config page as it is sent: gzip, in pieces that the build packed into the code as text (<c>PageContent</c>). A piece is on the heap
/// only while it is copied into the connection's buffer.
/// </summary>
public sealed class PagePieces : HttpPieces
{
    /// <summary>The bytes of all pieces together.</summary>
    public const int Length = PageContent.Length;

    /// <summary>The page's entity tag, with its quotes: another page has another one.</summary>
    public const string ETag = PageContent.ETag;

    /// <summary>The only thing that the page may run or be styled by, from its own origin or elsewhere: what is in it.</summary>
    public const string SecurityPolicy =
        "default-src 'none'; style-src '" + PageContent.StyleHash + "'; script-src '" + PageContent.ScriptHash
        + "'; connect-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (index >= PageContent.Pieces)
        {
            return false;
        }

        writer.Raw(Convert.FromBase64String(PageContent.Piece(index)));
        return true;
    }
}
