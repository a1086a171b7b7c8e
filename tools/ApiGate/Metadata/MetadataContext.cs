using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Netboot.ApiGate.Lists;

namespace Netboot.ApiGate.Metadata;

/// <summary>The tables of the assembly that is being written, and how its rows name types and members of any list.</summary>
internal sealed class MetadataContext
{
    private readonly Dictionary<ApiType, EntityHandle> _types = [];
    private readonly Dictionary<ApiAssembly, AssemblyReferenceHandle> _references = [];
    private readonly Dictionary<(EntityHandle, string, BlobHandle), MemberReferenceHandle> _members = [];

    public MetadataContext(ApiAssembly assembly, TypeIndex index)
    {
        Assembly = assembly;
        Index = index;

        // Row 1 is <Module>; signatures may name a type before it is written, so every row number is dealt out now.
        for (int i = 0; i < assembly.Types.Count; i++)
        {
            _types[assembly.Types[i]] = MetadataTokens.TypeDefinitionHandle(i + 2);
        }
    }

    public ApiAssembly Assembly { get; }
    public TypeIndex Index { get; }
    public MetadataBuilder Tables { get; } = new();

    /// <summary>A string of the metadata.</summary>
    public StringHandle Text(string text) => Tables.GetOrAddString(text);

    /// <summary>The list type that a name means in this assembly.</summary>
    public ApiType Resolve(TypeUse name, Place place) => Index.Find(name.Name, name.Arguments.Count, Assembly, place);

    /// <summary>The row of a type of the framework.</summary>
    public EntityHandle Handle(string fullName, Place place) => Handle(Index.Find(fullName, 0, Assembly, place));

    /// <summary>The row of a type: its definition here, or a reference to it.</summary>
    public EntityHandle Handle(ApiType type)
    {
        if (_types.TryGetValue(type, out EntityHandle known))
        {
            return known;
        }

        EntityHandle scope = type.DeclaringType != null ? Handle(type.DeclaringType) : Reference(type.Assembly);
        StringHandle space = type.DeclaringType != null || type.Namespace.Length == 0 ? default : Text(type.Namespace);
        return _types[type] = Tables.AddTypeReference(scope, space, Text(type.MetadataName));
    }

    /// <summary>The row of a member of any type, made once.</summary>
    public MemberReferenceHandle Member(EntityHandle type, string name, BlobHandle signature)
    {
        if (!_members.TryGetValue((type, name, signature), out MemberReferenceHandle known))
        {
            _members[(type, name, signature)] = known = Tables.AddMemberReference(type, Text(name), signature);
        }

        return known;
    }

    /// <summary>Puts an attribute of the framework on a row.</summary>
    public void Attribute(EntityHandle target, string attribute, Place place, params string[] arguments)
    {
        BlobHandle signature = SignatureWriter.Constructor(Tables, arguments.Length);
        MemberReferenceHandle constructor = Member(Handle(attribute, place), ".ctor", signature);
        var value = new BlobBuilder();
        new BlobEncoder(value)
            .CustomAttributeSignature(out FixedArgumentsEncoder fixedArguments, out CustomAttributeNamedArgumentsEncoder named);
        foreach (string argument in arguments)
        {
            fixedArguments.AddArgument().Scalar().Constant(argument);
        }

        named.Count(0);
        Tables.AddCustomAttribute(target, constructor, Tables.GetOrAddBlob(value));
    }

    private AssemblyReferenceHandle Reference(ApiAssembly other)
    {
        if (!_references.TryGetValue(other, out AssemblyReferenceHandle known))
        {
            _references[other] = known = Tables.AddAssemblyReference(Text(other.Name), other.Version, default, default,
                default(AssemblyFlags), default);
        }

        return known;
    }
}
