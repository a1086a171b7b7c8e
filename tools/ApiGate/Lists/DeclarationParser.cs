namespace Netboot.ApiGate.Lists;

/// <summary>Reads one declaration of a list: a type's first line, a member, or a value of an enum.</summary>
public sealed class DeclarationParser(string line, Place place) : DeclarationParts(line, place)
{
    private static readonly Dictionary<string, TypeKind> s_kinds = new()
    {
        ["class"] = TypeKind.Class,
        ["struct"] = TypeKind.Struct,
        ["interface"] = TypeKind.Interface,
        ["enum"] = TypeKind.Enum,
        ["delegate"] = TypeKind.Delegate,
    };

    /// <summary>Whether the line declares a type (and not a member).</summary>
    public static bool IsType(string line, Place place)
    {
        var tokens = new Tokens(line, place);
        while (Modifiers.Contains(tokens.Peek.Value))
        {
            tokens.Take();
        }

        return s_kinds.ContainsKey(tokens.Peek.Value);
    }

    /// <summary>Reads a type's line.</summary>
    public ApiType ReadType(ApiAssembly assembly, ApiType? declaringType)
    {
        HashSet<string> modifiers = ReadModifiers();
        TypeKind kind = s_kinds[Tokens.Take().Value];
        TypeUse? returned = kind == TypeKind.Delegate ? ReadReturnType() : null;
        string fullName = Tokens.TakeWord("the full name of the type");
        if (declaringType != null && !fullName.StartsWith(declaringType.FullName + ".", StringComparison.Ordinal))
        {
            throw new ListException(Place,
                $"nested type '{fullName}' stands below {declaringType.FullName} but does not begin with its name");
        }

        List<TypeParameter> typeParameters = ReadTypeParameters();
        ApiMember? signature = kind == TypeKind.Delegate ? ReadInvoke(returned) : null;
        var bases = new List<TypeUse>();
        if (Tokens.TryTake(":"))
        {
            do
            {
                bases.Add(ReadTypeUse());
            }
            while (Tokens.TryTake(","));
        }

        bool obsolete = ReadObsolete();
        Tokens.ExpectEnd();
        return new ApiType
        {
            Place = Place,
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
        string name = Tokens.TakeWord("the name of an enum value");
        Tokens.Expect("=");
        string literal = ReadLiteral();
        return End(new Parts(MemberKind.Constant, name) { Literal = literal });
    }

    /// <summary>Reads a member of <paramref name="owner"/>.</summary>
    public ApiMember ReadMember(ApiType owner)
    {
        HashSet<string> modifiers = ReadModifiers();
        if (Tokens.TryTake("event"))
        {
            TypeUse handler = ReadTypeUse();
            return End(new Parts(MemberKind.Event, Tokens.TakeWord("the name of the event")) { Type = handler, Modifiers = modifiers });
        }

        if (Tokens.TryTake("const"))
        {
            TypeUse type = ReadTypeUse();
            string name = Tokens.TakeWord("the name of the constant");
            Tokens.Expect("=");
            return End(new Parts(MemberKind.Constant, name) { Type = type, Modifiers = modifiers, Literal = ReadLiteral() });
        }

        if (Tokens.Is("implicit") || Tokens.Is("explicit"))
        {
            string name = Tokens.Take().Value == "implicit" ? "op_Implicit" : "op_Explicit";
            Tokens.Expect("operator");
            TypeUse target = ReadTypeUse();
            return End(new Parts(MemberKind.Method, name) { Type = target, Modifiers = modifiers, Parameters = ReadParameters("(", ")") });
        }

        if (Tokens.Peek.Value == owner.Name && Tokens.Ahead(1).Value == "(")
        {
            Tokens.Take();
            return End(new Parts(MemberKind.Constructor, ".ctor") { Modifiers = modifiers, Parameters = ReadParameters("(", ")") });
        }

        return ReadTyped(modifiers);
    }

    private ApiMember ReadTyped(HashSet<string> modifiers)
    {
        TypeUse? type = ReadReturnType();
        if (Tokens.TryTake("operator"))
        {
            string symbol = "";
            while (Tokens.Peek.Kind == TokenKind.Symbol && !Tokens.Is("("))
            {
                symbol += Tokens.Take().Value;
            }

            List<ApiParameter> operands = ReadParameters("(", ")");
            string name = Operators.MetadataName(symbol, operands.Count)
                ?? throw new ListException(Place, $"operator '{symbol}' with {operands.Count} operands is not one of C#");
            return End(new Parts(MemberKind.Method, name) { Type = type, Modifiers = modifiers, Parameters = operands });
        }

        string full = Tokens.TakeWord("the name of the member");
        int dot = full.LastIndexOf('.');
        var parts = new Parts(MemberKind.Field, full[(dot + 1)..])
        {
            Type = type,
            Modifiers = modifiers,
            ExplicitInterface = dot < 0 ? null : full[..dot],
        };
        if (Tokens.Is("<"))
        {
            throw new ListException(Place, "a generic method: the 1.x runtime has none, so a list cannot hold one");
        }

        if (Tokens.Is("("))
        {
            return End(parts with { Kind = MemberKind.Method, Parameters = ReadParameters("(", ")") });
        }

        if (parts.Name == "this")
        {
            parts = parts with { Parameters = ReadParameters("[", "]") };
        }

        if (Tokens.Is("{"))
        {
            return End(parts with { Kind = MemberKind.Property, Accessors = ReadAccessors() });
        }

        if (type == null || parts.ExplicitInterface != null || parts.Parameters.Count > 0)
        {
            throw Tokens.Unexpected(type == null ? "'('" : "'{'");
        }

        return End(parts);
    }

    private ApiMember ReadInvoke(TypeUse? returned) => new()
    {
        Place = Place,
        Kind = MemberKind.Method,
        Name = "Invoke",
        Modifiers = new HashSet<string> { "public", "virtual" },
        Type = returned,
        Parameters = ReadParameters("(", ")"),
    };

    private ApiMember End(Parts parts)
    {
        bool obsolete = ReadObsolete();
        Tokens.ExpectEnd();
        return new ApiMember
        {
            Place = Place,
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
