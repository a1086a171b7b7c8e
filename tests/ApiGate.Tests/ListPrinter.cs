using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Netboot.ApiGate.Tests;

/// <summary>Prints an assembly's public surface as a list does, from what a compiler sees in it.</summary>
internal static class ListPrinter
{
    private static readonly Dictionary<string, string> s_operators = new()
    {
        ["op_Addition"] = "+", ["op_UnaryPlus"] = "+", ["op_Subtraction"] = "-", ["op_UnaryNegation"] = "-", ["op_Multiply"] = "*",
        ["op_Division"] = "/", ["op_Modulus"] = "%", ["op_Equality"] = "==", ["op_Inequality"] = "!=", ["op_LessThan"] = "<",
        ["op_GreaterThan"] = ">", ["op_LessThanOrEqual"] = "<=", ["op_GreaterThanOrEqual"] = ">=", ["op_LogicalNot"] = "!",
    };

    /// <summary>What only a list has (-) and what only the assembly has (+), a line each; empty when they say the same.</summary>
    public static string Difference(IEnumerable<string> list, IAssemblySymbol assembly)
    {
        string[] wanted = [.. Owned(list.Skip(1)).Order(StringComparer.Ordinal)];
        string[] found = [.. Lines(assembly.GlobalNamespace).Order(StringComparer.Ordinal)];
        string different = string.Join("\n", wanted.Except(found).Select(line => "- " + line)
            .Concat(found.Except(wanted).Select(line => "+ " + line)));
        return different.Length > 0 || wanted.Length == found.Length ? different : $"{wanted.Length} and {found.Length} lines";
    }

    /// <summary>Every line, with the type that it stands under in front.</summary>
    public static IEnumerable<string> Lines(INamespaceSymbol space) =>
        space.GetNamespaceMembers().SelectMany(Lines).Concat(space.GetTypeMembers().SelectMany(type => Lines(type, "")));

    // Puts the type that a line stands under in front of it; "readonly get" is a promise that only the compiler of the library keeps.
    private static IEnumerable<string> Owned(IEnumerable<string> lines)
    {
        var owners = new List<string>();
        foreach (string line in lines.Where(line => line.Trim().Length > 0))
        {
            int depth = (line.Length - line.TrimStart().Length) / 2;
            owners.RemoveRange(depth, owners.Count - depth);
            yield return $"{(depth == 0 ? "" : owners[^1])}> {line.Trim().Replace("{ readonly get;", "{ get;")}";
            string[] words = line.Trim().Split(' ');
            int kind = Array.FindIndex(words, word => word is "class" or "struct" or "interface" or "enum" or "delegate");
            if (kind >= 0)
            {
                owners.Add(words[^1].EndsWith(')') ? "" : words[kind + 1]);
            }
        }
    }

    private static IEnumerable<string> Lines(INamedTypeSymbol type, string owner)
    {
        if (type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
        {
            yield break;
        }

        yield return $"{owner}> {TypeLine(type)}";
        foreach (INamedTypeSymbol nested in type.GetTypeMembers())
        {
            foreach (string line in Lines(nested, DeclaredName(type)))
            {
                yield return line;
            }
        }

        foreach (ISymbol member in type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers().Where(IsListed))
        {
            bool obsolete = member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute");
            yield return $"{DeclaredName(type)}> {MemberLine(type, member)}{(obsolete ? "  [obsolete]" : "")}";
        }
    }

    private static bool IsListed(ISymbol member)
    {
        bool isExplicit =
            member is IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation } or IPropertySymbol { ExplicitInterfaceImplementations.Length: > 0 };
        bool isVisible =
            member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
        return (isExplicit || isVisible)
            && !member.IsImplicitlyDeclared
            && member is not (IMethodSymbol { AssociatedSymbol: not null } or INamedTypeSymbol)
            && !IsAccessor(member)
            && member.Name != "value__";
    }

    // Roslyn shows the accessors of an explicitly implemented indexer as methods too.
    private static bool IsAccessor(ISymbol member) => member.ContainingType.GetMembers().OfType<IPropertySymbol>().Any(
        property =>
        SymbolEqualityComparer.Default.Equals(property.GetMethod, member)
        || SymbolEqualityComparer.Default.Equals(property.SetMethod, member));

    private static string TypeLine(INamedTypeSymbol type)
    {
        string access = Access(type);
        if (type.DelegateInvokeMethod is { } invoke)
        {
            return $"{access}delegate {Name(invoke.ReturnType)} {DeclaredName(type)}({Parameters(invoke.Parameters)})";
        }

        string modifiers = type.TypeKind switch
        {
            TypeKind.Class => type.IsStatic ? "static " : type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "",
            TypeKind.Struct => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : ""),
            _ => "",
        };
        var bases = new List<string>();
        if (type.TypeKind == TypeKind.Class && type.BaseType is { SpecialType: not SpecialType.System_Object } baseType)
        {
            bases.Add(Name(baseType));
        }

        bases.AddRange(type.Interfaces.Select(Name));
        if (type.EnumUnderlyingType is { SpecialType: not SpecialType.System_Int32 } underlying)
        {
            bases.Add(Name(underlying));
        }

        string kind = type.TypeKind.ToString().ToLowerInvariant();
        return $"{access}{modifiers}{kind} {DeclaredName(type)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    private static string MemberLine(INamedTypeSymbol type, ISymbol member)
    {
        string modifiers = type.TypeKind == TypeKind.Interface || member.DeclaredAccessibility == Accessibility.Private
            ? "" : Modifiers(member);
        switch (member)
        {
            case IFieldSymbol { HasConstantValue: true } value when type.TypeKind == TypeKind.Enum:
                return $"{value.Name} = {Literal(value.ConstantValue)}";
            case IFieldSymbol { HasConstantValue: true } constant:
                return $"{Access(constant)}const {Name(constant.Type)} {constant.Name} = {Literal(constant.ConstantValue)}";
            case IFieldSymbol field:
                return $"{modifiers}{(field.IsReadOnly ? "readonly " : "")}{Name(field.Type)} {field.Name}";
            case IEventSymbol happening:
                return $"{modifiers}event {Name(happening.Type)} {happening.Name}";
            case IPropertySymbol property:
                return $"{modifiers}{Name(property.Type)} {PropertyName(property)} {{ {Accessor(property, property.GetMethod)}{Accessor(property, property.SetMethod)}}}";
            case IMethodSymbol method:
                return $"{modifiers}{MethodName(type, method)}({(method.IsExtensionMethod ? "this " : "")}{Parameters(method.Parameters)})";
            default:
                throw new NotSupportedException(member.ToDisplayString());
        }
    }

    private static string PropertyName(IPropertySymbol property)
    {
        string prefix = property.ExplicitInterfaceImplementations.Length > 0
            ? Name(property.ExplicitInterfaceImplementations[0].ContainingType) + "." : "";
        string name = property.Name[(property.Name.LastIndexOf('.') + 1)..];
        return prefix + (property.IsIndexer || property.Parameters.Length > 0 ? $"this[{Parameters(property.Parameters)}]" : name);
    }

    private static string Accessor(IPropertySymbol property, IMethodSymbol? accessor)
    {
        if (accessor == null)
        {
            return "";
        }

        string access = accessor.DeclaredAccessibility == property.DeclaredAccessibility ? "" : Access(accessor);
        return access
            + (SymbolEqualityComparer.Default.Equals(accessor, property.GetMethod) ? "get; " : accessor.IsInitOnly ? "init; " : "set; ");
    }

    private static string MethodName(INamedTypeSymbol type, IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.Constructor => type.Name,
        MethodKind.Conversion => $"{(method.Name == "op_Implicit" ? "implicit" : "explicit")} operator {Name(method.ReturnType)}",
        MethodKind.UserDefinedOperator => $"{Name(method.ReturnType)} operator {s_operators[method.Name]}",
        MethodKind.ExplicitInterfaceImplementation =>
            $"{Name(method.ReturnType)} {Name(method.ExplicitInterfaceImplementations[0].ContainingType)}.{method.ExplicitInterfaceImplementations[0].Name}",
        _ => $"{Name(method.ReturnType)} {method.Name}",
    };

    private static string Parameters(IEnumerable<IParameterSymbol> parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(IParameterSymbol parameter)
    {
        string passing = parameter.IsParams ? "params " : parameter.RefKind == RefKind.None ? "" : parameter.RefKind.ToString()
            .ToLowerInvariant() + " ";
        string value = "";
        if (parameter.HasExplicitDefaultValue)
        {
            value = parameter.Type.TypeKind == TypeKind.Enum
                ? parameter.Type.GetMembers().OfType<IFieldSymbol>()
                .First(field => Equals(field.ConstantValue, parameter.ExplicitDefaultValue)).Name
                : parameter.ExplicitDefaultValue == null && parameter.Type.IsValueType ? $"default({Name(parameter.Type)})"
                : Literal(parameter.ExplicitDefaultValue);
            value = " = " + value;
        }

        return $"{passing}{Name(parameter.Type)} {parameter.Name}{value}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        '\0' => "'\\0'",
        char letter => letter < 0x7F ? $"'{letter}'" : $"'\\u{(int)letter:x4}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(value.ToString()),
    };

    private static string Access(ISymbol symbol) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public => "public ",
        Accessibility.Protected => "protected ",
        Accessibility.ProtectedOrInternal => "protected internal ",
        _ => "",
    };

    private static string Modifiers(ISymbol member) =>
        Access(member)
        + (member.IsStatic ? "static " : "")
        + (member.IsOverride || member is IMethodSymbol { MethodKind: MethodKind.Destructor } ? "override " : "")
        + (member.IsAbstract ? "abstract " : member.IsVirtual ? "virtual " : "");

    private static string Name(ITypeSymbol type) => type.ToDisplayString(s_format);

    /// <summary>A type's name where it is declared: no keyword, but variance.</summary>
    private static string DeclaredName(INamedTypeSymbol type)
    {
        string name = type.ToDisplayString(s_format
            .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes)
            .WithGenericsOptions(SymbolDisplayGenericsOptions.None));
        IEnumerable<string> parameters = type.TypeParameters.Select(parameter => parameter.Variance switch
        {
            VarianceKind.In => "in " + parameter.Name,
            VarianceKind.Out => "out " + parameter.Name,
            _ => parameter.Name,
        });
        return type.IsGenericType ? $"{name}<{string.Join(", ", parameters)}>" : name;
    }

    private static readonly SymbolDisplayFormat s_format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);
}
