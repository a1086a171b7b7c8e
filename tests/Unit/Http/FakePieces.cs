using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

/// <summary>A body of the same piece again and again.</summary>
public sealed class FakePieces : HttpPieces
{
    private readonly byte[] _piece;
    private readonly int _count;

    public FakePieces(byte[] piece, int count)
    {
        _piece = piece;
        _count = count;
    }

    public override int Largest => _piece.Length < PieceSize ? _piece.Length : PieceSize;

    public override bool Write(int index, ByteWriter writer)
    {
        if (index >= _count)
        {
            return false;
        }

        writer.Raw(_piece);
        return true;
    }
}

/// <summary>Work that is done after some steps.</summary>
public sealed class FakeWork : HttpWork
{
    private readonly string _text;
    private int _left;

    public FakeWork(int steps, string text)
    {
        _left = steps;
        _text = text;
    }

    public override bool Step(HttpResponse response, long now)
    {
        _left--;
        if (_left > 0)
        {
            return false;
        }

        response.Text(201, _text);
        return true;
    }
}
