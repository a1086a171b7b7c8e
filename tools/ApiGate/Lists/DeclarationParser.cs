namespace Netboot.ApiGate.Lists;

/// <summary>Reads one declaration of a list: a type's first line, a member, or a value of an enum.</summary>
public sealed class DeclarationParser(string line, Place place)
{
    private static readonly HashSet<string> s_modifiers =
        ["public", "protected", "internal", "static", "sealed", "abstract", "virtual", "override", "readonly", "ref"];

    private static readonly Dictionary<string, TypeKind> s_kinds = new()
    {
        ["class"] = TypeKind.Class,
        ["struct"] = TypeKind.Struct,
        ["interface"] = TypeKind.Interface,
        ["enum"] = TypeKind.Enum,
        ["delegate"] = TypeKind.Delegate,
    };

    private readonly Tokens _tokens = new(line, place);

    /// <summary>Whether the line declares a type (and not a member).</summary>
    public static bool IsType(string line, Place place)
    {
        var tokens = new Tokens(line, place);
        while (s_modifiers.Contains(tokens.Peek.Value))
        {
            tokens.Take();
        }

        return s_kinds.ContainsKey(tokens.Peek.Value);
    }

    /// <summary>Reads a type's line.</summary>
    public ApiType ReadType(ApiAssembly assembly, ApiType? declaringType)
    {
        HashSet<string> modifiers = ReadModifiers();
        TypeKind kind = s_kinds[_tokens.Take().Value];
        TypeUse? returned = kind == TypeKind.Delegate ? ReadReturnType() : null;
        string fullName = _tokens.TakeWord("the full name of the type");
        if (declaringType != null && !fullName.StartsWith(declaringType.FullName + ".", StringComparison.Ordinal))
        {
            throw new ListException(place, $"nested type '{fullName}' stands below {declaringType.FullName} but does not begin with its name");
        }

        List<TypeParameter> typeParameters = ReadTypeParameters();
        ApiMember? signature = kind == TypeKind.Delegate ? ReadInvoke(returned) : null;
        var bases = new List<TypeUse>();
        if (_tokens.TryTake(":"))
        {
            do
            {
                bases.Add(ReadTypeUse());
            }
            while (_tokens.TryTake(","));
        }

        bool obsolete = ReadObsolete();
        _tokens.ExpectEnd();
        return new ApiType
        {
            Place = place,
            Assembly = assembly,
            Kind = kind,
            FullName = fullName,
            Modifiers = modifiers,
            DeclaringType = declaringType,
            TypeParameters = typeParameters,
            Bases = bases,
            Signature = signature,
            IsObsolete = obsolete,
        };
    }

    /// <summary>Reads a value of an enum: <c>Name = number</c>.</summary>
    public ApiMember ReadEnumValue()
    {
        string name = _tokens.TakeWord("the name of an enum value");
        _tokens.Expect("=");
        string literal = ReadLiteral();
        return End(new Parts(MemberKind.Constant, name) { Literal = literal });
    }

    /// <summary>Reads a member of <paramref name="owner"/>.</summary>
    public ApiMember ReadMember(ApiType owner)
    {
        HashSet<string> modifiers = ReadModifiers();
        if (_tokens.TryTake("event"))
        {
            TypeUse handler = ReadTypeUse();
            return End(new Parts(MemberKind.Event, _tokens.TakeWord("the name of the event")) { Type = handler, Modifiers = modifiers });
        }

        if (_tokens.TryTake("const"))
        {
            TypeUse type = ReadTypeUse();
            string name = _tokens.TakeWord("the name of the constant");
            _tokens.Expect("=");
            return End(new Parts(MemberKind.Constant, name) { Type = type, Modifiers = modifiers, Literal = ReadLiteral() });
        }

        if (_tokens.Is("implicit") || _tokens.Is("explicit"))
        {
            string name = _tokens.Take().Value == "implicit" ? "op_Implicit" : "op_Explicit";
            _tokens.Expect("operator");
            TypeUse target = ReadTypeUse();
            return End(new Parts(MemberKind.Method, name) { Type = target, Modifiers = modifiers, Parameters = ReadParameters("(", ")") });
        }

        if (_tokens.Peek.Value == owner.Name && _tokens.Ahead(1).Value == "(")
        {
            _tokens.Take();
            return End(new Parts(MemberKind.Constructor, ".ctor") { Modifiers = modifiers, Parameters = ReadParameters("(", ")") });
        }

        return ReadTyped(modifiers);
    }

    private ApiMember ReadTyped(HashSet<string> modifiers)
    {
        TypeUse? type = ReadReturnType();
        if (_tokens.TryTake("operator"))
        {
            string symbol = "";
            while (_tokens.Peek.Kind == TokenKind.Symbol && !_tokens.Is("("))
            {
                symbol += _tokens.Take().Value;
            }

            List<ApiParameter> operands = ReadParameters("(", ")");
            string name = Operators.MetadataName(symbol, operands.Count)
                ?? throw new ListException(place, $"operator '{symbol}' with {operands.Count} operands is not one of C#");
            return End(new Parts(MemberKind.Method, name) { Type = type, Modifiers = modifiers, Parameters = operands });
        }

        string full = _tokens.TakeWord("the name of the member");
        int dot = full.LastIndexOf('.');
        var parts = new Parts(MemberKind.Field, full[(dot + 1)..])
        {
            Type = type,
            Modifiers = modifiers,
            ExplicitInterface = dot < 0 ? null : full[..dot],
        };
        if (_tokens.Is("<"))
        {
            throw new ListException(place, "a generic method: the 1.x runtime has none, so a list cannot hold one");
        }

        if (_tokens.Is("("))
        {
            return End(parts with { Kind = MemberKind.Method, Parameters = ReadParameters("(", ")") });
        }

        if (parts.Name == "this")
        {
            parts = parts with { Parameters = ReadParameters("[", "]") };
        }

        if (_tokens.Is("{"))
        {
            return End(parts with { Kind = MemberKind.Property, Accessors = ReadAccessors() });
        }

        if (type == null || parts.ExplicitInterface != null || parts.Parameters.Count > 0)
        {
            throw _tokens.Unexpected(type == null ? "'('" : "'{'");
        }

        return End(parts);
    }

    private ApiMember ReadInvoke(TypeUse? returned) => new()
    {
        Place = place,
        Kind = MemberKind.Method,
        Name = "Invoke",
        Modifiers = new HashSet<string> { "public", "virtual" },
        Type = returned,
        Parameters = ReadParameters("(", ")"),
    };

    private ApiMember End(Parts parts)
    {
        bool obsolete = ReadObsolete();
        _tokens.ExpectEnd();
        return new ApiMember
        {
            Place = place,
            Kind = parts.Kind,
            Name = parts.Name,
            Type = parts.Type,
            Modifiers = parts.Modifiers,
            ExplicitInterface = parts.ExplicitInterface,
            Parameters = parts.Parameters,
            Accessors = parts.Accessors,
            Literal = parts.Literal,
            IsObsolete = obsolete,
        };
    }

    private HashSet<string> ReadModifiers()
    {
        var modifiers = new HashSet<string>();
        while (_tokens.Peek.Kind == TokenKind.Word && s_modifiers.Contains(_tokens.Peek.Value))
        {
            modifiers.Add(_tokens.Take().Value);
        }

        return modifiers;
    }

    private TypeUse? ReadReturnType() => _tokens.TryTake("void") ? null : ReadTypeUse();

    private TypeUse ReadTypeUse()
    {
        string name = _tokens.TakeWord("a type");
        var arguments = new List<TypeUse>();
        if (_tokens.TryTake("<"))
        {
            do
            {
                arguments.Add(ReadTypeUse());
            }
            while (_tokens.TryTake(","));
            _tokens.Expect(">");
        }

        int depth = 0;
        while (_tokens.Is("[") && _tokens.Ahead(1).Value != "obsolete")
        {
            _tokens.Expect("[");
            _tokens.Expect("]");
            depth++;
        }

        return new TypeUse(name, arguments, depth);
    }

    private List<TypeParameter> ReadTypeParameters()
    {
        var parameters = new List<TypeParameter>();
        if (!_tokens.TryTake("<"))
        {
            return parameters;
        }

        do
        {
            string variance = _tokens.Is("in") || _tokens.Is("out") ? _tokens.Take().Value : "";
            parameters.Add(new TypeParameter(_tokens.TakeWord("the name of a type parameter"), variance));
        }
        while (_tokens.TryTake(","));
        _tokens.Expect(">");
        return parameters;
    }

    private List<ApiParameter> ReadParameters(string open, string close)
    {
        _tokens.Expect(open);
        var parameters = new List<ApiParameter>();
        while (!_tokens.TryTake(close))
        {
            if (parameters.Count > 0)
            {
                _tokens.Expect(",");
            }

            string? passing = _tokens.Peek.Value is "ref" or "out" or "in" or "params" or "this" ? _tokens.Take().Value : null;
            TypeUse type = ReadTypeUse();
            string name = _tokens.TakeWord("the name of a parameter");
            parameters.Add(new ApiParameter(type, name, passing, _tokens.TryTake("=") ? ReadLiteral() : null));
        }

        return parameters;
    }

    private List<ApiAccessor> ReadAccessors()
    {
        _tokens.Expect("{");
        var accessors = new List<ApiAccessor>();
        while (!_tokens.TryTake("}"))
        {
            HashSet<string> modifiers = ReadModifiers();
            if (!_tokens.Is("get") && !_tokens.Is("set") && !_tokens.Is("init"))
            {
                throw _tokens.Unexpected("get, set or init");
            }

            accessors.Add(new ApiAccessor(_tokens.Take().Value, modifiers));
            _tokens.Expect(";");
        }

        return accessors.Count > 0 ? accessors : throw _tokens.Unexpected("a property with at least one accessor");
    }

    private string ReadLiteral()
    {
        if (_tokens.TryTake("default"))
        {
            _tokens.Expect("(");
            ReadTypeUse();
            _tokens.Expect(")");
            return Literals.DefaultOfStruct;
        }

        return _tokens.Peek.Kind is TokenKind.Symbol or TokenKind.End ? throw _tokens.Unexpected("a value") : _tokens.Take().Value;
    }

    private bool ReadObsolete()
    {
        if (!_tokens.TryTake("["))
        {
            return false;
        }

        _tokens.Expect("obsolete");
        _tokens.Expect("]");
        return true;
    }

    private sealed record Parts(MemberKind Kind, string Name)
    {
        public TypeUse? Type { get; init; }
        public IReadOnlySet<string> Modifiers { get; init; } = new HashSet<string>();
        public string? ExplicitInterface { get; init; }
        public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];
        public IReadOnlyList<ApiAccessor> Accessors { get; init; } = [];
        public string? Literal { get; init; }
    }
}
