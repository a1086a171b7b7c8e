using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Netboot.ApiGate.Lists;

namespace Netboot.ApiGate.Metadata;

/// <summary>Writes one type: its own row, what it derives from, then its members.</summary>
internal sealed class TypeWriter(MetadataContext context, ApiType type, int body)
{
    private const string DefaultMemberAttribute = "System.Reflection.DefaultMemberAttribute";
    private const string AttributeUsageAttribute = "System.AttributeUsageAttribute";

    // Runtimes hold these in themselves; a field would make them hold one another.
    private static readonly HashSet<string> s_fieldless = [.. TypeIndex.Keywords.Values, "System.Void", "System.TypedReference"];

    private readonly MetadataBuilder _tables = context.Tables;
    private readonly MemberWriter _members = new(context, type, body);

    public void Write()
    {
        (EntityHandle baseType, List<EntityHandle> interfaces) = Bases();
        TypeDefinitionHandle self = _tables.AddTypeDefinition(
            Attributes(),
            type.DeclaringType == null && type.Namespace.Length > 0 ? context.Text(type.Namespace) : default,
            context.Text(type.MetadataName),
            baseType,
            MetadataTokens.FieldDefinitionHandle(_tables.GetRowCount(TableIndex.Field) + 1),
            MetadataTokens.MethodDefinitionHandle(_tables.GetRowCount(TableIndex.MethodDef) + 1));
        if (type.DeclaringType != null)
        {
            _tables.AddNestedType(self, (TypeDefinitionHandle)context.Handle(type.DeclaringType));
        }

        for (int i = 0; i < type.TypeParameters.Count; i++)
        {
            _tables.AddGenericParameter(self, Variance(type.TypeParameters[i]), context.Text(type.TypeParameters[i].Name), i);
        }

        foreach (EntityHandle implemented in interfaces)
        {
            _tables.AddInterfaceImplementation(self, implemented);
        }

        WriteAttributes(self);
        WriteFields();
        if (type.Kind == TypeKind.Delegate)
        {
            _members.WriteDelegate(type.Signature!);
        }

        _members.WriteMethods(self);
    }

    private TypeAttributes Attributes()
    {
        TypeAttributes attributes = type.DeclaringType == null
            ? type.Modifiers.Contains("public") ? TypeAttributes.Public : TypeAttributes.NotPublic
            : type.Modifiers.Contains("public") ? TypeAttributes.NestedPublic
            : type.Modifiers.Contains("internal") ? TypeAttributes.NestedFamORAssem
            : TypeAttributes.NestedFamily;
        attributes |= type.Kind switch
        {
            TypeKind.Interface => TypeAttributes.Interface | TypeAttributes.Abstract,
            TypeKind.Struct => TypeAttributes.Sealed | TypeAttributes.SequentialLayout | TypeAttributes.BeforeFieldInit,
            TypeKind.Enum or TypeKind.Delegate => TypeAttributes.Sealed,
            _ => TypeAttributes.BeforeFieldInit,
        };
        if (type.Modifiers.Contains("static"))
        {
            attributes |= TypeAttributes.Abstract | TypeAttributes.Sealed;
        }

        return attributes
            | (type.Modifiers.Contains("abstract") ? TypeAttributes.Abstract : 0)
            | (type.Modifiers.Contains("sealed") ? TypeAttributes.Sealed : 0);
    }

    private (EntityHandle Base, List<EntityHandle> Interfaces) Bases()
    {
        switch (type.Kind)
        {
            case TypeKind.Enum:
                return (context.Handle("System.Enum", type.Place), []);
            case TypeKind.Delegate:
                return (context.Handle("System.MulticastDelegate", type.Place), []);
        }

        EntityHandle baseType = type.Kind switch
        {
            TypeKind.Interface => default,
            TypeKind.Struct => context.Handle("System.ValueType", type.Place),
            _ => type.FullName == "System.Object" ? default : context.Handle("System.Object", type.Place),
        };
        var interfaces = new List<EntityHandle>();
        foreach (TypeUse name in type.Bases)
        {
            ApiType resolved = context.Resolve(name, type.Place);
            if (resolved.Kind == TypeKind.Interface)
            {
                interfaces.Add(context.Handle(resolved));
            }
            else if (resolved.Kind == TypeKind.Class && type.Kind == TypeKind.Class && name == type.Bases[0])
            {
                baseType = context.Handle(resolved);
            }
            else
            {
                throw new ListException(type.Place, $"{type.FullName} cannot derive from {name.Name}");
            }
        }

        return (baseType, interfaces);
    }

    private void WriteAttributes(TypeDefinitionHandle self)
    {
        if (type.IsObsolete)
        {
            context.Attribute(self, MemberWriter.ObsoleteAttribute, type.Place);
        }

        if (type.Modifiers.Contains("ref"))
        {
            context.Attribute(self, MarkerAttributes.RefStruct, type.Place);
        }

        if (type.Modifiers.Contains("readonly"))
        {
            context.Attribute(self, MarkerAttributes.ReadOnly, type.Place);
        }

        if (type.Members.Exists(MemberWriter.IsExtension))
        {
            context.Attribute(self, MemberWriter.ExtensionAttribute, type.Place);
        }

        if (type.Members.Find(member => member.IsIndexer && member.ExplicitInterface == null) is { } indexer)
        {
            context.Attribute(self, DefaultMemberAttribute, indexer.Place, _members.MetadataName(indexer));
        }

        if (context.Index.IsAttribute(type))
        {
            WriteUsage(self);
        }
    }

    // The lists do not say where an attribute may stand nor how often ([DataRow] stands often), so each may stand anywhere.
    // What .NET has too is checked by the build for the PC.
    private void WriteUsage(TypeDefinitionHandle self)
    {
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature(isInstanceMethod: true)
            .Parameters(1, out ReturnTypeEncoder result, out ParametersEncoder parameters);
        result.Void();
        parameters.AddParameter().Type().Type(context.Handle("System.AttributeTargets", type.Place), isValueType: true);
        MemberReferenceHandle constructor = context.Member(
            context.Handle(AttributeUsageAttribute, type.Place), ".ctor", _tables.GetOrAddBlob(signature));
        var value = new BlobBuilder();
        new BlobEncoder(value)
            .CustomAttributeSignature(out FixedArgumentsEncoder arguments, out CustomAttributeNamedArgumentsEncoder named);
        arguments.AddArgument().Scalar().Constant((int)AttributeTargets.All);
        named.Count(1).AddArgument(
            isField: false,
            type: encoder => encoder.ScalarType().Boolean(),
            name: encoder => encoder.Name("AllowMultiple"),
            literal: encoder => encoder.Scalar().Constant(true));
        _tables.AddCustomAttribute(self, constructor, _tables.GetOrAddBlob(value));
    }

    private void WriteFields()
    {
        if (type.Kind == TypeKind.Enum)
        {
            _members.WriteField("value__", UnderlyingType(type),
                FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName);
        }

        foreach (ApiMember member in type.Members.Where(member => member.Kind is MemberKind.Field or MemberKind.Constant))
        {
            _members.WriteField(member);
        }

        // A struct without fields would count as assigned before anything was assigned to it.
        if (type.Kind == TypeKind.Struct && !s_fieldless.Contains(type.FullName) && !type.Members.Exists(IsInstanceField))
        {
            _members.WriteField("_state", new TypeUse("int", [], 0), FieldAttributes.Private);
        }
    }

    /// <summary>The integer type that an enum's values have.</summary>
    public static TypeUse UnderlyingType(ApiType type) => type.Bases.Count > 0 ? type.Bases[0] : new TypeUse("int", [], 0);

    private static bool IsInstanceField(ApiMember member) => member.Kind == MemberKind.Field && !member.IsStatic;

    private static GenericParameterAttributes Variance(TypeParameter parameter) => parameter.Variance switch
    {
        "in" => GenericParameterAttributes.Contravariant,
        "out" => GenericParameterAttributes.Covariant,
        _ => GenericParameterAttributes.None,
    };
}
