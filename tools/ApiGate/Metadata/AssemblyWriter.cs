using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Netboot.ApiGate.Lists;

namespace Netboot.ApiGate.Metadata;

/// <summary>
/// Writes a list as an assembly that compilers can reference. It writes metadata and not source, because in source the
/// namespaces nanoFramework.System… hide System, and because a list does not say which base constructor is called.
/// </summary>
public static class AssemblyWriter
{
    /// <summary>The assemblies of all lists, by name. The same lists give the same bytes.</summary>
    public static Dictionary<string, byte[]> WriteAll(IReadOnlyList<ApiAssembly> assemblies)
    {
        foreach (ApiAssembly assembly in assemblies)
        {
            MarkerAttributes.AddTo(assembly);
        }

        var index = new TypeIndex(assemblies);
        var written = new Dictionary<string, byte[]>();
        foreach (ApiAssembly assembly in assemblies)
        {
            if (!written.TryAdd(assembly.Name, Write(assembly, index)))
            {
                throw new ListException(assembly.Place, $"another list already describes assembly {assembly.Name}");
            }
        }

        return written;
    }

    private static byte[] Write(ApiAssembly assembly, TypeIndex index)
    {
        var context = new MetadataContext(assembly, index);
        MetadataBuilder tables = context.Tables;
        AssemblyDefinitionHandle definition =
            tables.AddAssembly(context.Text(assembly.Name), assembly.Version, default, default, default, AssemblyHashAlgorithm.None);
        ReservedBlob<GuidHandle> moduleId = tables.ReserveGuid();
        tables.AddModule(0, context.Text(assembly.Name + ".dll"), moduleId.Handle, default, default);
        tables.AddTypeDefinition(default, default, context.Text("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1));

        // One body for all: nothing of it ever runs.
        var code = new BlobBuilder();
        int body = ThrowNull(code);
        foreach (ApiType type in assembly.Types)
        {
            new TypeWriter(context, type, body).Write();
        }

        if (assembly.Types.Exists(type => type.Members.Exists(MemberWriter.IsExtension)))
        {
            context.Attribute(definition, MemberWriter.ExtensionAttribute, assembly.Place);
        }

        var image = new BlobBuilder();
        var builder = new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.ExecutableImage | Characteristics.Dll),
            new MetadataRootBuilder(tables),
            code,
            deterministicIdProvider: content =>
            BlobContentId.FromHash(SHA256.HashData(content.SelectMany(part => part.GetBytes().ToArray()).ToArray())));
        BlobContentId id = builder.Serialize(image);
        moduleId.CreateWriter().WriteGuid(id.Guid);
        return image.ToArray();
    }

    private static int ThrowNull(BlobBuilder code)
    {
        var instructions = new InstructionEncoder(new BlobBuilder());
        instructions.OpCode(ILOpCode.Ldnull);
        instructions.OpCode(ILOpCode.Throw);
        return new MethodBodyStreamEncoder(code).AddMethodBody(instructions);
    }
}
