using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Support;

/// <summary>All pieces of an answer, as who asked gets them; none is larger than it said.</summary>
internal static class Pieces
{
    public static string Text(HttpPieces pieces)
    {
        var all = new ByteWriter(1024, 256 * 1024);
        int start = 0;
        int most = pieces.Largest;
        for (int i = 0; pieces.Write(i, all); i++)
        {
            Assert.IsTrue(all.Length - start <= most, $"piece {i} has {all.Length - start} bytes, and said {most}");
            start = all.Length;
            most = pieces.Largest;
        }

        return all.ToString();
    }
}
