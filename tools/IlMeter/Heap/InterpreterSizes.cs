namespace Netboot.IlMeter.Heap;

/// <summary>
/// What things take from a board's heap, by the interpreter's sources (nf-interpreter, nanoCLR_Runtime.h and
/// nanoCLR_Runtime__HeapBlock.h, 32 bits): everything is blocks of 12 bytes.
/// </summary>
public static class InterpreterSizes
{
    /// <summary>CLR_RT_HeapBlock: the unit of the heap, a field, an object's head.</summary>
    public const int Block = 12;

    /// <summary>CLR_RT_HeapBlock_Array: a block and 8 bytes; the elements follow, packed.</summary>
    public const int ArrayHead = Block + 8;

    /// <summary>A text that stands in the assembly: a block that points to it in flash, made again by every ldstr.</summary>
    public const int Literal = Block;

    /// <summary>CLR_RT_HeapBlock_Delegate with its saved stack frame count.</summary>
    public const int Delegate = 3 * Block;

    /// <summary>A number as an object.</summary>
    public const int Boxed = 2 * Block;

    /// <summary>CLR_RT_HeapBlock_Finalizer, which an object of a class with a finalizer has beside it.</summary>
    public const int Finalizer = 2 * Block;

    /// <summary>IPEndPoint: address and port.</summary>
    public const int EndPoint = 3 * Block;

    /// <summary>System.Net's IPAddress, with the numbers of the version 6 form that a version 4 address has too.</summary>
    public static int Address { get; } = Object(4) + Array(8, 2);

    /// <summary>Socket with its finalizer, and the end point that it was bound to. Its buffers are the network's, not the heap's.</summary>
    public static int Socket { get; } = Object(7) + Finalizer + EndPoint;

    /// <summary>An object with so many fields, its own and inherited ones.</summary>
    public static int Object(int fields) => Block + (fields * Block);

    /// <summary>An array of so many elements of this width.</summary>
    public static int Array(int length, int width) => Blocks(ArrayHead + (length * width));

    /// <summary>A text that was put together, of so many bytes of UTF-8.</summary>
    public static int Text(int bytes) => Blocks(Block + bytes + 1);

    /// <summary>Rounded up to whole blocks.</summary>
    public static int Blocks(int bytes) => (bytes + Block - 1) / Block * Block;

    /// <summary>Bytes of one element of this type in an array: references and structures take a block.</summary>
    public static int ElementWidth(Type element)
    {
        Type type = element.IsEnum ? Enum.GetUnderlyingType(element) : element;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean or TypeCode.SByte or TypeCode.Byte => 1,
            TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
            TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
            TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double or TypeCode.DateTime => 8,
            _ => Block,
        };
    }
}
