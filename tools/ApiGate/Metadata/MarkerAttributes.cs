using Netboot.ApiGate.Lists;

namespace Netboot.ApiGate.Metadata;

/// <summary>
/// The attributes by which a C# compiler knows a ref struct and a readonly struct again. nanoFramework has no public ones, so the
/// compiler puts internal ones into each assembly that needs them; so do we.
/// </summary>
internal static class MarkerAttributes
{
    public const string RefStruct = "System.Runtime.CompilerServices.IsByRefLikeAttribute";
    public const string ReadOnly = "System.Runtime.CompilerServices.IsReadOnlyAttribute";

    /// <summary>Adds the markers that the assembly's types ask for.</summary>
    public static void AddTo(ApiAssembly assembly)
    {
        if (assembly.Types.Exists(type => type.Modifiers.Contains("ref")))
        {
            assembly.Types.Add(Marker(assembly, RefStruct));
        }

        if (assembly.Types.Exists(type => type.Modifiers.Contains("readonly") || type.Members.Exists(HasReadOnlyReference)))
        {
            assembly.Types.Add(Marker(assembly, ReadOnly));
        }
    }

    private static bool HasReadOnlyReference(ApiMember member) => member.Parameters.Any(parameter => parameter.Passing == "in");

    private static ApiType Marker(ApiAssembly assembly, string fullName)
    {
        var marker = new ApiType
        {
            Place = assembly.Place,
            Assembly = assembly,
            Kind = TypeKind.Class,
            FullName = fullName,
            Modifiers = new HashSet<string> { "internal", "sealed" },
            Bases = [new TypeUse("System.Attribute", [], 0)],
        };
        marker.Members.Add(new ApiMember
        {
            Place = assembly.Place,
            Kind = MemberKind.Constructor,
            Name = ".ctor",
            Modifiers = new HashSet<string> { "public" },
        });
        return marker;
    }
}
