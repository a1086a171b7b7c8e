using Netboot.Bytes;
using Netboot.Terminal;

namespace Netboot.Tests.Terminal;

/// <summary>A line editor, and what it shows.</summary>
internal sealed class EditorBench
{
    public LineEditor Editor { get; } = new LineEditor();

    public ByteWriter Output { get; } = new ByteWriter(256, 65536);

    /// <summary>Types a line that the history is to keep.</summary>
    public void Keep(string line)
    {
        Editor.Clear();
        Type(line);
        Editor.Remember();
        Editor.Clear();
        Output.Clear();
    }

    /// <summary>Types keys; gives what the last one was.</summary>
    public TerminalKey Type(string keys)
    {
        TerminalKey key = TerminalKey.None;
        byte[] bytes = Octets.Of(keys);
        for (int i = 0; i < bytes.Length; i++)
        {
            key = Editor.Take(bytes[i], Output);
        }

        return key;
    }

    /// <summary>The line as it is.</summary>
    public string Line() => Octets.Text(Editor.Line, 0, Editor.Length);
}
