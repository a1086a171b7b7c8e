using Netboot.ApiGate.Lists;

namespace Netboot.ApiGate.Metadata;

/// <summary>Every type of every list, found by the name that a signature uses.</summary>
public sealed class TypeIndex
{
    /// <summary>C#'s keywords for the types that signatures encode as themselves.</summary>
    public static readonly IReadOnlyDictionary<string, string> Keywords = new Dictionary<string, string>
    {
        ["bool"] = "System.Boolean",
        ["byte"] = "System.Byte",
        ["sbyte"] = "System.SByte",
        ["char"] = "System.Char",
        ["short"] = "System.Int16",
        ["ushort"] = "System.UInt16",
        ["int"] = "System.Int32",
        ["uint"] = "System.UInt32",
        ["long"] = "System.Int64",
        ["ulong"] = "System.UInt64",
        ["float"] = "System.Single",
        ["double"] = "System.Double",
        ["string"] = "System.String",
        ["object"] = "System.Object",
        ["nint"] = "System.IntPtr",
        ["nuint"] = "System.UIntPtr",
    };

    private readonly Dictionary<string, List<ApiType>> _types = [];

    public TypeIndex(IEnumerable<ApiAssembly> assemblies)
    {
        foreach (ApiType type in assemblies.SelectMany(assembly => assembly.Types))
        {
            string key = Key(type.FullName, type.TypeParameters.Count);
            if (!_types.TryGetValue(key, out List<ApiType>? same))
            {
                _types[key] = same = [];
            }

            if (same.Find(other => other.Assembly == type.Assembly) is { } twin)
            {
                throw new ListException(type.Place, $"type {type.FullName} is already declared on line {twin.Place.Line}");
            }

            same.Add(type);
        }
    }

    /// <summary>The type of that name; the assembly's own one when several lists declare it.</summary>
    public ApiType Find(string name, int arity, ApiAssembly user, Place place)
    {
        if (!_types.TryGetValue(Key(Keywords.GetValueOrDefault(name, name), arity), out List<ApiType>? found))
        {
            throw new ListException(place, $"no list declares type {name}");
        }

        ApiType? own = found.Find(type => type.Assembly == user);
        return own ?? (found.Count == 1
            ? found[0]
            : throw new ListException(place,
            $"type {name} is declared by {string.Join(" and ", found.Select(type => type.Assembly.Name))}"));
    }

    /// <summary>Whether the type is an attribute class.</summary>
    public bool IsAttribute(ApiType type)
    {
        for (ApiType? at = type; at is { Kind: TypeKind.Class };)
        {
            if (at.FullName == "System.Attribute")
            {
                return true;
            }

            at = at.Bases.Count == 0 ? null : Find(at.Bases[0].Name, at.Bases[0].Arguments.Count, at.Assembly, at.Place);
        }

        return false;
    }

    private static string Key(string name, int arity) => arity == 0 ? name : $"{name}`{arity}";
}
