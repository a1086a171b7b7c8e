namespace Netboot.IlMeter.Heap;

/// <summary>
/// Objects of the family's libraries, with what they hold: fields counted in the libraries' sources (versions of Directory.Packages.props).
/// </summary>
public static class LibraryObjects
{
    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["System.Object"] = InterpreterSizes.Block,
        ["System.Device.Gpio.GpioController"] = InterpreterSizes.Object(2),
        ["System.Resources.ResourceManager"] = InterpreterSizes.Object(4),
        ["System.Net.Sockets.Socket"] = InterpreterSizes.Socket,
        ["System.Net.IPEndPoint"] = InterpreterSizes.EndPoint,
        ["System.Net.IPAddress"] = InterpreterSizes.Address,
        ["System.Threading.Thread"] = InterpreterSizes.Object(5),
        ["System.Threading.AutoResetEvent"] = InterpreterSizes.Object(0),
        ["System.Threading.ManualResetEvent"] = InterpreterSizes.Object(0),
        ["System.Collections.ArrayList"] = InterpreterSizes.Object(3) + InterpreterSizes.Array(4, InterpreterSizes.Block),
        ["System.Collections.Hashtable"] = InterpreterSizes.Object(5) + InterpreterSizes.Array(13, InterpreterSizes.Block),
        ["System.IO.FileStream"] = InterpreterSizes.Object(8) + InterpreterSizes.Object(1) + InterpreterSizes.Object(3),
        ["System.IO.MemoryStream"] = InterpreterSizes.Object(8),
        ["System.Net.Http.HttpClient"] = InterpreterSizes.Object(12),
    };

    /// <summary>Whether this type's size is known.</summary>
    public static bool Knows(string type) => Sizes.ContainsKey(type);

    /// <summary>
    /// Bytes of an object of this type; a delegate's when it is an event's handler, a small object's when it is not known.
    /// </summary>
    public static int Size(string type) =>
        Sizes.TryGetValue(type, out int size) ? size : IsDelegate(type) ? InterpreterSizes.Delegate : InterpreterSizes.Object(4);

    private static bool IsDelegate(string type) =>
        type == "System.Action" || type.EndsWith("Handler", StringComparison.Ordinal)
        || type.EndsWith("ThreadStart", StringComparison.Ordinal);
}
