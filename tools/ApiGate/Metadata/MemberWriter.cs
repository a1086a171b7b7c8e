using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Netboot.ApiGate.Lists;

namespace Netboot.ApiGate.Metadata;

/// <summary>Writes the members of one type.</summary>
internal sealed class MemberWriter(MetadataContext context, ApiType type, int body)
{
    public const string ExtensionAttribute = "System.Runtime.CompilerServices.ExtensionAttribute";
    public const string ObsoleteAttribute = "System.ObsoleteAttribute";
    private const string ParamsAttribute = "System.ParamArrayAttribute";

    private readonly MetadataBuilder _tables = context.Tables;
    private readonly SignatureWriter _signatures = new(context, type);

    /// <summary>Whether the member is an extension method.</summary>
    public static bool IsExtension(ApiMember member) => member.Parameters.Any(parameter => parameter.IsExtensionReceiver);

    /// <summary>A member's name in metadata. A list shows every indexer as "this"; the compiler knows a string's as Chars.</summary>
    public string MetadataName(ApiMember member)
    {
        string name = !member.IsIndexer ? member.Name : type.FullName == "System.String" ? "Chars" : "Item";
        return member.ExplicitInterface == null ? name : $"{member.ExplicitInterface}.{name}";
    }

    /// <summary>Writes a field or a constant.</summary>
    public void WriteField(ApiMember member)
    {
        FieldAttributes attributes = (FieldAttributes)(int)Access(member.Modifiers);
        if (member.Kind == MemberKind.Constant)
        {
            if (type.Kind == TypeKind.Enum)
            {
                attributes = FieldAttributes.Public;
            }

            attributes |= FieldAttributes.Static | FieldAttributes.Literal | FieldAttributes.HasDefault;
        }

        attributes |= (member.IsStatic
            ? FieldAttributes.Static : 0) | (member.Modifiers.Contains("readonly") ? FieldAttributes.InitOnly : 0);
        FieldDefinitionHandle field = _tables.AddFieldDefinition(attributes, context.Text(member.Name),
            _signatures.Field(member.Type, member.Place));
        if (member.Kind == MemberKind.Constant)
        {
            _tables.AddConstant(field, ConstantValues.Of(context, type, member.Literal!, member.Type, member.Place));
        }

        MarkObsolete(field, member);
    }

    /// <summary>Writes a field that no list shows.</summary>
    public void WriteField(string name, TypeUse fieldType, FieldAttributes attributes) =>
        _tables.AddFieldDefinition(attributes, context.Text(name), _signatures.Field(fieldType, type.Place));

    /// <summary>Writes the two methods that make a delegate; the runtime supplies their code.</summary>
    public void WriteDelegate(ApiMember invoke)
    {
        const MethodAttributes shared = MethodAttributes.Public | MethodAttributes.HideBySig;
        _tables.AddMethodDefinition(
            shared | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
            MethodImplAttributes.Runtime,
            context.Text(".ctor"),
            _signatures.DelegateConstructor(),
            -1,
            MetadataTokens.ParameterHandle(_tables.GetRowCount(TableIndex.Param) + 1));
        _tables.AddParameter(ParameterAttributes.None, context.Text("object"), 1);
        _tables.AddParameter(ParameterAttributes.None, context.Text("method"), 2);
        AddMethod(
            shared | MethodAttributes.Virtual | MethodAttributes.NewSlot,
            "Invoke",
            _signatures.Method(invoke.Type, invoke.Parameters, isStatic: false, invoke.Place),
            invoke.Parameters,
            invoke.Place,
            MethodImplAttributes.Runtime);
    }

    /// <summary>Writes constructors, methods, properties and events.</summary>
    public void WriteMethods(TypeDefinitionHandle self)
    {
        PropertyDefinitionHandle firstProperty = default;
        EventDefinitionHandle firstEvent = default;
        foreach (ApiMember member in type.Members)
        {
            switch (member.Kind)
            {
                case MemberKind.Constructor or MemberKind.Method:
                    WriteMethod(self, member);
                    break;
                case MemberKind.Property:
                    PropertyDefinitionHandle property = WriteProperty(self, member);
                    firstProperty = firstProperty.IsNil ? property : firstProperty;
                    break;
                case MemberKind.Event:
                    EventDefinitionHandle happening = WriteEvent(self, member);
                    firstEvent = firstEvent.IsNil ? happening : firstEvent;
                    break;
            }
        }

        if (!firstProperty.IsNil)
        {
            _tables.AddPropertyMap(self, firstProperty);
        }

        if (!firstEvent.IsNil)
        {
            _tables.AddEventMap(self, firstEvent);
        }
    }

    private void WriteMethod(TypeDefinitionHandle self, ApiMember member)
    {
        MethodAttributes attributes = Shape(member, member.Modifiers);
        if (member.Kind == MemberKind.Constructor)
        {
            attributes |= MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;
        }
        else if (member.Name.StartsWith("op_", StringComparison.Ordinal))
        {
            attributes |= MethodAttributes.SpecialName;
        }

        BlobHandle signature = _signatures.Method(member.Type, member.Parameters, member.IsStatic, member.Place);
        MethodDefinitionHandle method = AddMethod(attributes, MetadataName(member), signature, member.Parameters, member.Place);
        Implement(self, member, method, member.Name, signature);
        MarkObsolete(method, member);
        if (IsExtension(member))
        {
            context.Attribute(method, ExtensionAttribute, member.Place);
        }
    }

    private PropertyDefinitionHandle WriteProperty(TypeDefinitionHandle self, ApiMember member)
    {
        TypeUse propertyType = member.Type ?? throw new ListException(member.Place, "a property cannot be void");
        string name = MetadataName(member);
        PropertyDefinitionHandle property = _tables.AddProperty(
            PropertyAttributes.None,
            context.Text(name),
            _signatures.Property(propertyType, member.Parameters, member.IsStatic, member.Place));
        foreach (ApiAccessor accessor in member.Accessors)
        {
            bool isGet = accessor.Name == "get";
            IReadOnlyList<ApiParameter> parameters = isGet
                ? member.Parameters
                : [.. member.Parameters, new ApiParameter(propertyType, "value", null, null)];
            BlobHandle signature =
                _signatures.Method(isGet ? propertyType : null, parameters, member.IsStatic, member.Place, accessor.Name == "init");
            MethodDefinitionHandle method = AddAccessor(self, member, accessor.Modifiers, isGet ? "get_" : "set_", signature, parameters);
            _tables.AddMethodSemantics(property, isGet ? MethodSemanticsAttributes.Getter : MethodSemanticsAttributes.Setter, method);
        }

        MarkObsolete(property, member);
        return property;
    }

    private EventDefinitionHandle WriteEvent(TypeDefinitionHandle self, ApiMember member)
    {
        TypeUse handler = member.Type!;
        EventDefinitionHandle happening =
            _tables.AddEvent(EventAttributes.None, context.Text(MetadataName(member)),
                context.Handle(context.Resolve(handler, member.Place)));
        ApiParameter[] parameters = [new ApiParameter(handler, "value", null, null)];
        BlobHandle signature = _signatures.Method(null, parameters, member.IsStatic, member.Place);
        var none = new HashSet<string>();
        _tables.AddMethodSemantics(happening, MethodSemanticsAttributes.Adder,
            AddAccessor(self, member, none, "add_", signature, parameters));
        _tables.AddMethodSemantics(happening, MethodSemanticsAttributes.Remover,
            AddAccessor(self, member, none, "remove_", signature, parameters));
        MarkObsolete(happening, member);
        return happening;
    }

    private MethodDefinitionHandle AddAccessor(
        TypeDefinitionHandle self,
        ApiMember member,
        IReadOnlySet<string> own,
        string prefix,
        BlobHandle signature,
        IReadOnlyList<ApiParameter> parameters)
    {
        // "protected set" on a public property: the accessor's access counts, the rest is the member's.
        var modifiers = new HashSet<string>(member.Modifiers);
        if (own.Contains("protected") || own.Contains("internal"))
        {
            modifiers.ExceptWith(["public", "protected", "internal"]);
        }

        modifiers.UnionWith(own.Where(modifier => modifier != "readonly"));
        string full = MetadataName(member);
        int dot = full.LastIndexOf('.') + 1;
        string bare = prefix + full[dot..];
        MethodDefinitionHandle method =
            AddMethod(Shape(member, modifiers) | MethodAttributes.SpecialName, full[..dot] + bare, signature, parameters, member.Place);
        Implement(self, member, method, bare, signature);
        return method;
    }

    private MethodDefinitionHandle AddMethod(
        MethodAttributes attributes,
        string name,
        BlobHandle signature,
        IReadOnlyList<ApiParameter> parameters,
        Place place,
        MethodImplAttributes implementation = MethodImplAttributes.IL)
    {
        bool hasBody = implementation == MethodImplAttributes.IL && (attributes & MethodAttributes.Abstract) == 0;
        MethodDefinitionHandle method = _tables.AddMethodDefinition(
            attributes,
            implementation,
            context.Text(name),
            signature,
            hasBody ? body : -1,
            MetadataTokens.ParameterHandle(_tables.GetRowCount(TableIndex.Param) + 1));
        for (int i = 0; i < parameters.Count; i++)
        {
            WriteParameter(parameters[i], i + 1, place);
        }

        return method;
    }

    private void WriteParameter(ApiParameter parameter, int sequence, Place place)
    {
        ParameterAttributes attributes = parameter.Passing switch
        {
            "out" => ParameterAttributes.Out,
            "in" => ParameterAttributes.In,
            _ => ParameterAttributes.None,
        };
        if (parameter.Default != null)
        {
            attributes |= ParameterAttributes.Optional | ParameterAttributes.HasDefault;
        }

        ParameterHandle row = _tables.AddParameter(attributes, context.Text(parameter.Name), sequence);
        if (parameter.Default != null)
        {
            _tables.AddConstant(row, ConstantValues.Of(context, type, parameter.Default, parameter.Type, place));
        }

        if (parameter.IsParams)
        {
            context.Attribute(row, ParamsAttribute, place);
        }

        if (parameter.Passing == "in")
        {
            context.Attribute(row, MarkerAttributes.ReadOnly, place);
        }
    }

    private void Implement(TypeDefinitionHandle self, ApiMember member, MethodDefinitionHandle method, string name, BlobHandle signature)
    {
        if (member.ExplicitInterface != null)
        {
            EntityHandle contract = context.Handle(member.ExplicitInterface, member.Place);
            _tables.AddMethodImplementation(self, method, context.Member(contract, name, signature));
        }
    }

    private void MarkObsolete(EntityHandle row, ApiMember member)
    {
        if (member.IsObsolete)
        {
            context.Attribute(row, ObsoleteAttribute, member.Place);
        }
    }

    private MethodAttributes Shape(ApiMember member, IReadOnlySet<string> modifiers)
    {
        const MethodAttributes slot = MethodAttributes.Virtual | MethodAttributes.NewSlot;
        if (member.ExplicitInterface != null)
        {
            return MethodAttributes.Private | MethodAttributes.HideBySig | MethodAttributes.Final | slot;
        }

        if (type.Kind == TypeKind.Interface)
        {
            return MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.Abstract | slot;
        }

        MethodAttributes attributes = Access(modifiers) | MethodAttributes.HideBySig;
        if (member.IsStatic)
        {
            return attributes | MethodAttributes.Static;
        }

        attributes |= modifiers.Contains("abstract") ? MethodAttributes.Abstract : 0;
        attributes |= modifiers.Contains("sealed") ? MethodAttributes.Final : 0;
        return modifiers.Contains("override") ? attributes | MethodAttributes.Virtual
            : modifiers.Contains("virtual") || modifiers.Contains("abstract") ? attributes | slot
            : attributes;
    }

    private static MethodAttributes Access(IReadOnlySet<string> modifiers) =>
        modifiers.Contains("public") ? MethodAttributes.Public
        : modifiers.Contains("protected") ? modifiers.Contains("internal") ? MethodAttributes.FamORAssem : MethodAttributes.Family
        : modifiers.Contains("internal") ? MethodAttributes.Assembly
        : MethodAttributes.Private;
}
