namespace Netboot.ApiGate.Lists;

/// <summary>One list: the public surface of one assembly.</summary>
public sealed class ApiAssembly(string name, Version version, Place place)
{
    public string Name { get; } = name;
    public Version Version { get; } = version;
    public Place Place { get; } = place;

    /// <summary>Every type in list order, which puts a nested type after the one that holds it.</summary>
    public List<ApiType> Types { get; } = [];
}

/// <summary>What a type is.</summary>
public enum TypeKind
{
    Class,
    Struct,
    Interface,
    Enum,
    Delegate,
}

/// <summary>A type as a signature names it.</summary>
public sealed record TypeUse(string Name, IReadOnlyList<TypeUse> Arguments, int ArrayDepth)
{
    /// <summary>The type without its array brackets.</summary>
    public TypeUse Element => this with { ArrayDepth = 0 };
}

/// <summary>A type parameter: <paramref name="Variance"/> is "in", "out" or empty.</summary>
public sealed record TypeParameter(string Name, string Variance);

/// <summary>A parameter: <paramref name="Default"/> is the literal after the equals sign, or null.</summary>
public sealed record ApiParameter(TypeUse Type, string Name, string? Passing, string? Default)
{
    public bool IsByReference => Passing is "ref" or "out" or "in";
    public bool IsParams => Passing == "params";
    public bool IsExtensionReceiver => Passing == "this";
}

/// <summary>A get, set or init of a property.</summary>
public sealed record ApiAccessor(string Name, IReadOnlySet<string> Modifiers);

/// <summary>What a member is.</summary>
public enum MemberKind
{
    Field,
    Constant,
    Constructor,
    Method,
    Property,
    Event,
}

/// <summary>One line below a type.</summary>
public sealed class ApiMember
{
    public required Place Place { get; init; }
    public required MemberKind Kind { get; init; }
    public required string Name { get; init; }
    public required IReadOnlySet<string> Modifiers { get; init; }

    /// <summary>The type of a field, property or event, or what a method returns; null for void.</summary>
    public TypeUse? Type { get; init; }

    /// <summary>The interface of an explicit implementation.</summary>
    public string? ExplicitInterface { get; init; }

    /// <summary>A method's parameters, or the indices of an indexer.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];
    public IReadOnlyList<ApiAccessor> Accessors { get; init; } = [];

    /// <summary>The literal of a constant.</summary>
    public string? Literal { get; init; }
    public bool IsObsolete { get; init; }
    public bool IsIndexer => Kind == MemberKind.Property && Parameters.Count > 0;
    public bool IsStatic => Modifiers.Contains("static") || Kind == MemberKind.Constant;
}

/// <summary>One type with the lines below it.</summary>
public sealed class ApiType
{
    public required Place Place { get; init; }
    public required ApiAssembly Assembly { get; init; }
    public required TypeKind Kind { get; init; }

    /// <summary>Namespace, holding types and name, joined with dots as in the list.</summary>
    public required string FullName { get; init; }
    public required IReadOnlySet<string> Modifiers { get; init; }
    public ApiType? DeclaringType { get; init; }
    public IReadOnlyList<TypeParameter> TypeParameters { get; init; } = [];

    /// <summary>Base class and interfaces in list order, or the underlying type of an enum.</summary>
    public IReadOnlyList<TypeUse> Bases { get; init; } = [];

    /// <summary>What a delegate's Invoke looks like.</summary>
    public ApiMember? Signature { get; init; }
    public List<ApiMember> Members { get; } = [];
    public bool IsObsolete { get; init; }

    /// <summary>The last part of the name.</summary>
    public string Name => FullName[(FullName.LastIndexOf('.') + 1)..];

    /// <summary>The namespace of the outermost type.</summary>
    public string Namespace => DeclaringType?.Namespace ?? FullName[..Math.Max(0, FullName.LastIndexOf('.'))];

    /// <summary>The name in metadata, with the count of type parameters behind a back-tick.</summary>
    public string MetadataName => TypeParameters.Count == 0 ? Name : $"{Name}`{TypeParameters.Count}";
    public bool IsValueType => Kind is TypeKind.Struct or TypeKind.Enum;
}
