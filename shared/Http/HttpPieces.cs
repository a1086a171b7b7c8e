using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>
/// A body that is made piece by piece while it is sent, straight into the connection's own buffer: a long list or text takes no memory of
/// its own. It goes out chunked (RFC 9112 7.1), to HTTP/1.0 until the connection closes.
/// </summary>
public abstract class HttpPieces
{
    /// <summary>The most that one piece may take, in bytes: it is written into what one chunk has room for.</summary>
    public const int PieceSize = HttpLimits.ChunkSize - HttpAnswer.ChunkHead - HttpAnswer.ChunkTail;

    /// <summary>
    /// The most that the next piece takes, in bytes, at most <see cref="PieceSize"/>: as many small ones as surely fit go into one chunk.
    /// </summary>
    public virtual int Largest => PieceSize;

    /// <summary>
    /// Writes piece <paramref name="index"/> (0, 1, 2 …, each once and in order) and gives true; false when there are no more. A piece may
    /// be empty; one over <see cref="Largest"/> may break the answer off. It must not wait for anything.
    /// </summary>
    public abstract bool Write(int index, ByteWriter writer);
}
