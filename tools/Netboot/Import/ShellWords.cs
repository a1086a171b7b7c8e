using System.Text;

namespace Netboot.Tool.Import;

/// <summary>A word of a command.</summary>
/// <param name="IsFilledIn">
/// There is something in it that the shell would put a value in for: <c>$NAME</c>, <c>$(…)</c>, backquotes.
/// </param>
internal sealed record ShellWord(string Text, bool IsFilledIn);

/// <summary>
/// Splits a text into commands and words as a POSIX shell does (XCU 2.2 and 2.3): single and double quotes, a backslash before a character,
/// a backslash that joins two lines, comments, operators. Nothing is filled in, and redirections are left out.
/// </summary>
internal sealed class ShellWords
{
    private readonly string _text;
    private readonly List<List<ShellWord>> _commands = [[]];
    private readonly StringBuilder _word = new();
    private bool _any;
    private bool _filledIn;
    private bool _isTarget;

    private ShellWords(string text) => _text = text.Replace("\r", "", StringComparison.Ordinal);

    /// <summary>The commands that have any words; throws <see cref="ImportException"/> for a quote that does not end.</summary>
    public static IReadOnlyList<IReadOnlyList<ShellWord>> Of(string text)
    {
        var words = new ShellWords(text);
        words.Read();
        return [.. words._commands.Where(command => command.Count > 0)];
    }

    private void Read()
    {
        for (int i = 0; i < _text.Length; i++)
        {
            char value = _text[i];
            if (value is '\'' or '"')
            {
                i = Quote(i);
            }
            else if (value == '\\' && i + 1 < _text.Length)
            {
                i++;
                _any |= _text[i] != '\n';
                _word.Append(_text[i] == '\n' ? "" : _text[i]);
            }
            else if (value == '#' && !_any)
            {
                i = _text.IndexOf('\n', i) is >= 0 and var line ? line - 1 : _text.Length;
            }
            else if (value is '>' or '<')
            {
                Redirect();
            }
            else if (value is '\n' or ';' or '&' or '|' or '(' or ')')
            {
                // Behind a redirection & is a part of its target: 2>&1.
                if (value != '&' || !_isTarget || _any)
                {
                    EndWord();
                    _commands.Add([]);
                }
            }
            else if (char.IsWhiteSpace(value))
            {
                EndWord();
            }
            else
            {
                _any = true;
                _filledIn |= value is '$' or '`';
                _word.Append(value);
            }
        }

        EndWord();
    }

    // Adds what is quoted; gives where the quote ends.
    private int Quote(int start)
    {
        _any = true;
        char quote = _text[start];
        for (int i = start + 1; i < _text.Length; i++)
        {
            if (_text[i] == quote)
            {
                return i;
            }

            if (quote == '"' && _text[i] == '\\' && i + 1 < _text.Length && _text[i + 1] is '"' or '\\' or '$' or '`' or '\n')
            {
                i++;
                _word.Append(_text[i] == '\n' ? "" : _text[i]);
                continue;
            }

            _filledIn |= quote == '"' && _text[i] is '$' or '`';
            _word.Append(_text[i]);
        }

        throw new ImportException($"the quote {_text[start..Math.Min(_text.Length, start + 20)]} does not end.");
    }

    // The number of a stream stands right before it: 2>.
    private void Redirect()
    {
        if (_word.ToString().All(char.IsAsciiDigit))
        {
            _word.Clear();
            _any = false;
        }

        EndWord();
        _isTarget = true;
    }

    private void EndWord()
    {
        if (_any && !_isTarget)
        {
            _commands[^1].Add(new ShellWord(_word.ToString(), _filledIn));
        }

        _isTarget &= !_any;
        _word.Clear();
        _any = false;
        _filledIn = false;
    }
}
