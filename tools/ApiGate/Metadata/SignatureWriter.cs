using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Netboot.ApiGate.Lists;

namespace Netboot.ApiGate.Metadata;

/// <summary>Encodes the types of fields, methods and properties.</summary>
internal sealed class SignatureWriter(MetadataContext context, ApiType owner)
{
    private const string InitMarker = "System.Runtime.CompilerServices.IsExternalInit";

    /// <summary>The signature of a constructor that takes so many strings.</summary>
    public static BlobHandle Constructor(MetadataBuilder tables, int strings)
    {
        var blob = new BlobBuilder();
        new BlobEncoder(blob).MethodSignature(isInstanceMethod: true)
            .Parameters(strings, out ReturnTypeEncoder returned, out ParametersEncoder parameters);
        returned.Void();
        for (int i = 0; i < strings; i++)
        {
            parameters.AddParameter().Type().String();
        }

        return tables.GetOrAddBlob(blob);
    }

    /// <summary>A field's signature; <paramref name="type"/> null means the type itself, as an enum's values have it.</summary>
    public BlobHandle Field(TypeUse? type, Place place)
    {
        var blob = new BlobBuilder();
        SignatureTypeEncoder encoder = new BlobEncoder(blob).Field().Type();
        if (type == null)
        {
            encoder.Type(context.Handle(owner), owner.IsValueType);
        }
        else
        {
            Encode(encoder, type, place);
        }

        return context.Tables.GetOrAddBlob(blob);
    }

    /// <summary>A method's signature.</summary>
    public BlobHandle Method(TypeUse? returned, IReadOnlyList<ApiParameter> parameters, bool isStatic, Place place, bool isInit = false)
    {
        var blob = new BlobBuilder();
        new BlobEncoder(blob).MethodSignature(isInstanceMethod: !isStatic)
            .Parameters(parameters.Count, out ReturnTypeEncoder result, out ParametersEncoder list);
        if (isInit)
        {
            result.CustomModifiers().AddModifier(context.Handle(InitMarker, place), isOptional: false);
        }

        if (returned == null)
        {
            result.Void();
        }
        else
        {
            Encode(result.Type(), returned, place);
        }

        EncodeParameters(list, parameters, place);
        return context.Tables.GetOrAddBlob(blob);
    }

    /// <summary>A property's signature.</summary>
    public BlobHandle Property(TypeUse type, IReadOnlyList<ApiParameter> indices, bool isStatic, Place place)
    {
        var blob = new BlobBuilder();
        new BlobEncoder(blob).PropertySignature(isInstanceProperty: !isStatic)
            .Parameters(indices.Count, out ReturnTypeEncoder result, out ParametersEncoder list);
        Encode(result.Type(), type, place);
        EncodeParameters(list, indices, place);
        return context.Tables.GetOrAddBlob(blob);
    }

    /// <summary>The signature of every delegate's constructor: the target and the address of the method.</summary>
    public BlobHandle DelegateConstructor()
    {
        var blob = new BlobBuilder();
        new BlobEncoder(blob).MethodSignature(isInstanceMethod: true)
            .Parameters(2, out ReturnTypeEncoder result, out ParametersEncoder list);
        result.Void();
        list.AddParameter().Type().Object();
        list.AddParameter().Type().IntPtr();
        return context.Tables.GetOrAddBlob(blob);
    }

    private void EncodeParameters(ParametersEncoder list, IReadOnlyList<ApiParameter> parameters, Place place)
    {
        foreach (ApiParameter parameter in parameters)
        {
            Encode(list.AddParameter().Type(isByRef: parameter.IsByReference), parameter.Type, place);
        }
    }

    private void Encode(SignatureTypeEncoder encoder, TypeUse type, Place place)
    {
        for (int depth = type.ArrayDepth; depth > 0; depth--)
        {
            encoder = encoder.SZArray();
        }

        if (EncodeBuiltIn(encoder, TypeIndex.Keywords.GetValueOrDefault(type.Name, type.Name)))
        {
            return;
        }

        int parameter = owner.TypeParameters.ToList().FindIndex(candidate => candidate.Name == type.Name);
        if (parameter >= 0 && type.Arguments.Count == 0)
        {
            encoder.GenericTypeParameter(parameter);
            return;
        }

        ApiType resolved = context.Resolve(type.Element, place);
        if (type.Arguments.Count == 0)
        {
            encoder.Type(context.Handle(resolved), resolved.IsValueType);
            return;
        }

        GenericTypeArgumentsEncoder arguments = encoder.GenericInstantiation(context.Handle(resolved), type.Arguments.Count,
            resolved.IsValueType);
        foreach (TypeUse argument in type.Arguments)
        {
            Encode(arguments.AddArgument(), argument, place);
        }
    }

    private static bool EncodeBuiltIn(SignatureTypeEncoder encoder, string fullName)
    {
        switch (fullName)
        {
            case "System.Boolean": encoder.Boolean(); return true;
            case "System.Byte": encoder.Byte(); return true;
            case "System.SByte": encoder.SByte(); return true;
            case "System.Char": encoder.Char(); return true;
            case "System.Int16": encoder.Int16(); return true;
            case "System.UInt16": encoder.UInt16(); return true;
            case "System.Int32": encoder.Int32(); return true;
            case "System.UInt32": encoder.UInt32(); return true;
            case "System.Int64": encoder.Int64(); return true;
            case "System.UInt64": encoder.UInt64(); return true;
            case "System.Single": encoder.Single(); return true;
            case "System.Double": encoder.Double(); return true;
            case "System.String": encoder.String(); return true;
            case "System.Object": encoder.Object(); return true;
            case "System.IntPtr": encoder.IntPtr(); return true;
            case "System.UIntPtr": encoder.UIntPtr(); return true;
            default: return false;
        }
    }
}
