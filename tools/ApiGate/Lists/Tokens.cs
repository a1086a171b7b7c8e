namespace Netboot.ApiGate.Lists;

/// <summary>What a token is.</summary>
public enum TokenKind
{
    /// <summary>A name or keyword, dots included.</summary>
    Word,
    Number,
    Text,
    Character,
    Symbol,
    End,
}

/// <summary>One token of a declaration; <paramref name="Value"/> is its source text.</summary>
public readonly record struct Token(TokenKind Kind, string Value, int Column);

/// <summary>Cuts one list line into tokens and hands them out one by one.</summary>
public sealed class Tokens
{
    private readonly List<Token> _tokens = [];
    private readonly Place _place;
    private readonly string _line;
    private int _next;

    public Tokens(string line, Place place)
    {
        _line = line;
        _place = place;
        int at = 0;
        while (at < line.Length)
        {
            if (line[at] == ' ')
            {
                at++;
                continue;
            }

            int end = EndOf(at, out TokenKind kind);
            _tokens.Add(new Token(kind, line[at..end], at));
            at = end;
        }
    }

    /// <summary>The token to come, not taken.</summary>
    public Token Peek => Ahead(0);

    /// <summary>A token further on, not taken.</summary>
    public Token Ahead(int count) =>
        _next + count < _tokens.Count ? _tokens[_next + count] : new Token(TokenKind.End, "", _line.Length);

    /// <summary>Takes the next token whatever it is.</summary>
    public Token Take()
    {
        Token token = Peek;
        _next++;
        return token;
    }

    /// <summary>Takes the next token if it reads so.</summary>
    public bool TryTake(string value)
    {
        if (!Is(value))
        {
            return false;
        }

        _next++;
        return true;
    }

    /// <summary>Whether the next token reads so; a quoted literal never does.</summary>
    public bool Is(string value) => Peek.Kind is TokenKind.Word or TokenKind.Symbol && Peek.Value == value;

    /// <summary>Takes a token that has to be there.</summary>
    public void Expect(string value)
    {
        if (!TryTake(value))
        {
            throw Unexpected($"'{value}'");
        }
    }

    /// <summary>Takes a name.</summary>
    public string TakeWord(string what) => Peek.Kind == TokenKind.Word ? Take().Value : throw Unexpected(what);

    /// <summary>Everything has been read.</summary>
    public void ExpectEnd()
    {
        if (Peek.Kind != TokenKind.End)
        {
            throw Unexpected("the end of the line");
        }
    }

    /// <summary>The error for a token that does not belong where it stands.</summary>
    public ListException Unexpected(string wanted)
    {
        string found = Peek.Kind == TokenKind.End ? "the line ends" : $"'{Peek.Value}' stands";
        return new ListException(_place, $"expected {wanted}, but {found} at column {Peek.Column + 1}: {_line.Trim()}");
    }

    private int EndOf(int at, out TokenKind kind)
    {
        char first = _line[at];
        if (char.IsLetter(first) || first == '_')
        {
            kind = TokenKind.Word;
            return Span(at, c => char.IsLetterOrDigit(c) || c is '_' or '.');
        }

        if (char.IsDigit(first) || (first == '-' && at + 1 < _line.Length && char.IsLetterOrDigit(_line[at + 1])))
        {
            kind = TokenKind.Number;
            return NumberEnd(at + 1);
        }

        if (first is '"' or '\'')
        {
            kind = first == '"' ? TokenKind.Text : TokenKind.Character;
            return QuoteEnd(at);
        }

        kind = TokenKind.Symbol;
        return at + 1;
    }

    private int Span(int at, Func<char, bool> belongs)
    {
        while (at < _line.Length && belongs(_line[at]))
        {
            at++;
        }

        return at;
    }

    private int NumberEnd(int at)
    {
        while (at < _line.Length)
        {
            bool exponentSign = _line[at] is '+' or '-' && at >= 2 && _line[at - 1] is 'E' or 'e' && char.IsDigit(_line[at - 2]);
            if (!exponentSign && !char.IsLetterOrDigit(_line[at]) && _line[at] != '.')
            {
                break;
            }

            at++;
        }

        return at;
    }

    private int QuoteEnd(int at)
    {
        for (int end = at + 1; end < _line.Length; end++)
        {
            if (_line[end] == '\\')
            {
                end++;
            }
            else if (_line[end] == _line[at])
            {
                return end + 1;
            }
        }

        throw new ListException(_place, $"the quote at column {at + 1} is not closed: {_line.Trim()}");
    }
}
