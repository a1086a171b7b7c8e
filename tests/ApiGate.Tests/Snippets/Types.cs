using System;
using System.Collections;
using System.Runtime.CompilerServices;

namespace Snippets;

[Flags]
public enum Marks : byte
{
    None = 0,
    First = 1,
    Second = 2,
}

public interface IShape
{
    event EventHandler Changed;

    int Area { get; }

    int this[int index] { get; set; }

    void Move(int distance);
}

public readonly struct Point
{
    public Point(int x, int y)
    {
        X = x;
        Y = y;
    }

    public int X { get; init; }

    public int Y { get; init; }

    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static implicit operator int(Point p) => p.X;

    public void Deconstruct(out int x, out int y)
    {
        x = X;
        y = Y;
    }
}

public ref struct Window
{
    public SpanByte Bytes;
}

public abstract class Shape : IShape, IDisposable, IEnumerable, ICloneable
{
    private readonly int[] _items = new int[4];

    static Shape()
    {
        Count = 1;
    }

    ~Shape()
    {
    }

    public event EventHandler Changed;

    public static int Count { get; private set; }

    public abstract int Area { get; }

    int IShape.this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    public virtual void Move(int distance) => Changed?.Invoke(this, EventArgs.Empty);

    public int Sum(in Point point) => point.X + point.Y;

    public void Dispose() => GC.SuppressFinalize(this);

    public object Clone() => MemberwiseClone();

    public IEnumerator GetEnumerator() => new Walker(_items);

    protected internal string Caller([CallerMemberName] string name = null) => name;

    private sealed class Walker : IEnumerator
    {
        private readonly int[] _items;
        private int _at = -1;

        public Walker(int[] items) => _items = items;

        public object Current => _items[_at];

        public bool MoveNext() => ++_at < _items.Length;

        public void Reset() => _at = -1;
    }
}

public sealed class Square(int side) : Shape
{
    public override int Area => side * side;

    public Marks Marks { get; init; } = Marks.First | Marks.Second;

    public bool Has(Marks mark) => (Marks & mark) != 0 && Marks.HasFlag(mark);

    public int Parts()
    {
        var point = new Point(1, 2) + new Point(3, 4);
        Point moved = point with { X = 9 };
        (int x, int y) = moved;
        var (a, b) = moved;
        using var other = new Square(2) { Marks = Marks.None };
        object boxed = point;
        return x + y + a + b + (boxed is Point p ? p.Y : 0) + moved;
    }

    public byte View(byte[] bytes)
    {
        SpanByte span = bytes;
        SpanByte part = span.Slice(1, 2);
        part[0] = 1;
        var window = new Window { Bytes = part };
        return window.Bytes[0];
    }

#nullable enable
    public string Text(string? maybe) => maybe ?? "none";
#nullable restore
}

public class Faulty : Exception
{
    public Faulty(string message, Exception inner) : base(message, inner)
    {
    }

    public override string Message => base.Message + "!";
}
