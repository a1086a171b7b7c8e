namespace Netboot.ApiGate.Lists;

/// <summary>The pieces that declarations are made of: modifiers, types, parameters, accessors, literals.</summary>
public abstract class DeclarationParts(string line, Place place)
{
    private protected static readonly HashSet<string> Modifiers =
        ["public", "protected", "internal", "static", "sealed", "abstract", "virtual", "override", "readonly", "ref"];

    /// <summary>The line, cut into tokens.</summary>
    private protected Tokens Tokens { get; } = new(line, place);

    /// <summary>Where the line stands.</summary>
    private protected Place Place { get; } = place;

    private protected HashSet<string> ReadModifiers()
    {
        var modifiers = new HashSet<string>();
        while (Tokens.Peek.Kind == TokenKind.Word && Modifiers.Contains(Tokens.Peek.Value))
        {
            modifiers.Add(Tokens.Take().Value);
        }

        return modifiers;
    }

    private protected TypeUse? ReadReturnType() => Tokens.TryTake("void") ? null : ReadTypeUse();

    private protected TypeUse ReadTypeUse()
    {
        string name = Tokens.TakeWord("a type");
        var arguments = new List<TypeUse>();
        if (Tokens.TryTake("<"))
        {
            do
            {
                arguments.Add(ReadTypeUse());
            }
            while (Tokens.TryTake(","));
            Tokens.Expect(">");
        }

        int depth = 0;
        while (Tokens.Is("[") && Tokens.Ahead(1).Value != "obsolete")
        {
            Tokens.Expect("[");
            Tokens.Expect("]");
            depth++;
        }

        return new TypeUse(name, arguments, depth);
    }

    private protected List<TypeParameter> ReadTypeParameters()
    {
        var parameters = new List<TypeParameter>();
        if (!Tokens.TryTake("<"))
        {
            return parameters;
        }

        do
        {
            string variance = Tokens.Is("in") || Tokens.Is("out") ? Tokens.Take().Value : "";
            parameters.Add(new TypeParameter(Tokens.TakeWord("the name of a type parameter"), variance));
        }
        while (Tokens.TryTake(","));
        Tokens.Expect(">");
        return parameters;
    }

    private protected List<ApiParameter> ReadParameters(string open, string close)
    {
        Tokens.Expect(open);
        var parameters = new List<ApiParameter>();
        while (!Tokens.TryTake(close))
        {
            if (parameters.Count > 0)
            {
                Tokens.Expect(",");
            }

            string? passing = Tokens.Peek.Value is "ref" or "out" or "in" or "params" or "this" ? Tokens.Take().Value : null;
            TypeUse type = ReadTypeUse();
            string name = Tokens.TakeWord("the name of a parameter");
            parameters.Add(new ApiParameter(type, name, passing, Tokens.TryTake("=") ? ReadLiteral() : null));
        }

        return parameters;
    }

    private protected List<ApiAccessor> ReadAccessors()
    {
        Tokens.Expect("{");
        var accessors = new List<ApiAccessor>();
        while (!Tokens.TryTake("}"))
        {
            HashSet<string> modifiers = ReadModifiers();
            if (!Tokens.Is("get") && !Tokens.Is("set") && !Tokens.Is("init"))
            {
                throw Tokens.Unexpected("get, set or init");
            }

            accessors.Add(new ApiAccessor(Tokens.Take().Value, modifiers));
            Tokens.Expect(";");
        }

        return accessors.Count > 0 ? accessors : throw Tokens.Unexpected("a property with at least one accessor");
    }

    private protected string ReadLiteral()
    {
        if (Tokens.TryTake("default"))
        {
            Tokens.Expect("(");
            ReadTypeUse();
            Tokens.Expect(")");
            return Literals.DefaultOfStruct;
        }

        return Tokens.Peek.Kind is TokenKind.Symbol or TokenKind.End ? throw Tokens.Unexpected("a value") : Tokens.Take().Value;
    }

    private protected bool ReadObsolete()
    {
        if (!Tokens.TryTake("["))
        {
            return false;
        }

        Tokens.Expect("obsolete");
        Tokens.Expect("]");
        return true;
    }
}
