using Netboot.IlMeter.Heap;

namespace Netboot.IlMeter.Allocations;

/// <summary>
/// What calls of the family's libraries take from the heap, by type and method, besides the text or array that they return, as
/// measured on the interpreter (facts 15.3 and 15.4), or by the libraries' sources.
/// </summary>
public static class LibraryCalls
{
    /// <summary>Takes nothing.</summary>
    public static readonly Cost Free = new(0, 0);

    /// <summary>Not known: only the object that it returns, if any, is counted.</summary>
    public static readonly Cost Unknown = new(0, 0, false, false);

    private static readonly Dictionary<string, Cost> Known = new()
    {
        // An end point and an address for every datagram, and what they are made of: five objects.
        ["Socket.ReceiveFrom"] = new(232, InterpreterSizes.Address),
        ["Socket.Accept"] = new(InterpreterSizes.Socket, InterpreterSizes.Object(7)),
        ["Socket.get_RemoteEndPoint"] = new(232, InterpreterSizes.Address),
        ["Socket.SetSocketOption"] = new(InterpreterSizes.Array(4, 1), InterpreterSizes.Array(4, 1)),
        ["Encoding.get_UTF8"] = new(InterpreterSizes.Object(0), InterpreterSizes.Object(0)),
        ["Encoding.GetString"] = new(InterpreterSizes.Literal * 2, InterpreterSizes.Literal, true),
        ["Thread.Start"] = new(468, 384),
        ["ArrayList.Add"] = new(InterpreterSizes.Block, InterpreterSizes.Block),
        ["String.Substring"] = new(0, 0, true),
        ["String.ToUpper"] = new(0, 0, true),
        ["String.ToLower"] = new(0, 0, true),
        ["String.Trim"] = new(0, 0, true),
        ["String.Split"] = new(InterpreterSizes.Block * 8, InterpreterSizes.Block * 2),
        ["Int32.ToString"] = new(InterpreterSizes.Block * 2, InterpreterSizes.Block),
        ["Byte.ToString"] = new(InterpreterSizes.Block * 2, InterpreterSizes.Block),
        ["HMACSHA256.HashData"] = new(InterpreterSizes.Object(3), InterpreterSizes.Object(3)),
        ["Crc32.GetCurrentHashAsUInt32"] = Free,
    };

    /// <summary>Texts that exist already.</summary>
    private static readonly HashSet<string> Stored = ["Exception.get_Message", "MemberInfo.get_Name", "String.ToString", "Object.ToString"];

    /// <summary>What a call takes besides what it returns.</summary>
    public static Cost Of(string type, string method) => Known.GetValueOrDefault(type + "." + method, Unknown);

    /// <summary>Whether what it returns existed before.</summary>
    public static bool GivesStored(string type, string method) => Stored.Contains(type + "." + method);

    /// <summary>
    /// Bytes in all, those of the largest piece, and whether an array of characters is made as long as the text that comes of it.
    /// </summary>
    public sealed record Cost(int Bytes, int Largest, bool Characters = false, bool IsKnown = true);
}
