using System.Text;
using System.Text.RegularExpressions;

namespace Netboot.Tool.Flash;

/// <summary>
/// Splits a program's output into lines: a carriage return ends one too (progress bars), colours and empty lines are dropped.
/// </summary>
internal sealed partial class OutputLines(Action<string> onLine)
{
    private readonly StringBuilder _line = new();

    /// <summary>Takes the next piece of output.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is '\n' or '\r')
            {
                End();
            }
            else
            {
                _line.Append(c);
            }
        }
    }

    /// <summary>Hands on a line that nothing ended.</summary>
    public void End()
    {
        string line = Colours().Replace(_line.ToString(), "").TrimEnd();
        _line.Clear();
        if (line.Length > 0)
        {
            onLine(line);
        }
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Colours();
}
