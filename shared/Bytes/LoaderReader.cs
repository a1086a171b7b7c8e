namespace Netboot.Bytes;

/// <summary>
/// One file on its way to one machine: a loader from storage, from the firmware or streamed from the mirror, or a generated script.
/// Reading never blocks for the network: a stream that is behind says <see cref="NotYet"/>.
/// </summary>
public abstract class LoaderReader
{
    /// <summary>Read or Length: the mirror has not delivered that far yet; ask again later.</summary>
    public const int NotYet = -1;

    /// <summary>Read or Length: it will never come; <see cref="Failure"/> says why.</summary>
    public const int Failed = -2;

    /// <summary>Size in bytes, <see cref="NotYet"/> or <see cref="Failed"/>.</summary>
    public abstract int Length { get; }

    /// <summary>Why it failed, in plain words for the machine's screen, or null.</summary>
    public virtual string Failure => null;

    /// <summary>Whether the source knows no such file (the machine is then told "not found", TFTP error 1 or HTTP 404).</summary>
    public virtual bool Missing => false;

    /// <summary>Whether it can be read from any place at once; a stream from the mirror only goes forward.</summary>
    public virtual bool Seekable => true;

    /// <summary>Bytes that can be read again until they are released; a window of more would never be whole.</summary>
    public virtual int Keeps => int.MaxValue;

    /// <summary>
    /// Copies exactly <paramref name="count"/> bytes from <paramref name="position"/>, fewer only at the end of the file.
    /// Gives the number of bytes, <see cref="NotYet"/> or <see cref="Failed"/>. A position before the last <see cref="Release"/> fails.
    /// </summary>
    public abstract int Read(int position, byte[] buffer, int offset, int count);

    /// <summary>
    /// The machine was told that the file is there and has not answered yet: a stream may serve others first, until <see cref="Release"/>
    /// says that it did.
    /// </summary>
    public virtual void Offer()
    {
    }

    /// <summary>The machine has everything before <paramref name="position"/>: a stream may let go of it.</summary>
    public virtual void Release(int position)
    {
    }

    /// <summary>Lets go of the source. Harmless when called again.</summary>
    public virtual void Close()
    {
    }
}
