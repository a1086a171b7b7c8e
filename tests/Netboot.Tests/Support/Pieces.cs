using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Support;

/// <summary>All pieces of an answer, as who asked gets them.</summary>
internal static class Pieces
{
    public static string Text(HttpPieces pieces)
    {
        var all = new ByteWriter(1024, 256 * 1024);
        for (int i = 0; pieces.Write(i, all); i++)
        {
            // As many as there are.
        }

        return all.ToString();
    }
}
