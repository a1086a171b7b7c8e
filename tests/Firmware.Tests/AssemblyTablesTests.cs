using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using Netboot.ApiGate.Tests;

namespace Netboot.Firmware.Tests;

/// <summary>
/// One assembly of nanoFramework holds 65,535 bytes of byte code and as many of strings; beyond that the metadata processor makes no .pe.
/// It is not here to say so, so its tables are counted as it counts: IL with tokens of two bytes instead of four, and each different text
/// once, with a NUL.
/// </summary>
[TestClass]
public sealed class AssemblyTablesTests
{
    /// <summary>
    /// 65,535, less what the count does not see: exception tables took half a percent when the real metadata processor was tried.
    /// </summary>
    private const int TableLimit = 64_500;

    [TestMethod]
    [DataRow("shared/Netboot.Shared.nfproj", "shared/bin/Release/Netboot.Shared.dll")]
    [DataRow("shared/Web/Page/Netboot.Page.nfproj", "shared/Web/Page/bin/Release/Netboot.Page.dll")]
    [DataRow("shared/Device/Netboot.Device.nfproj", "shared/Device/bin/Release/Netboot.Device.dll")]
    [DataRow("firmware/Netboot.Firmware.nfproj", "firmware/bin/Release/Netboot.Firmware.dll")]
    public async Task Each_assembly_fits_its_tables(string project, string assembly)
    {
        using var clone = new Clone();
        await clone.Build(project, "-c:Release", "-p:NanoFrameworkPackages=false", "-p:LoaderFolder=none");
        using var file = new PEReader(File.OpenRead(clone.At(assembly)));
        int code = CodeSize(file);
        Console.WriteLine($"{assembly}: {code:N0} of {TableLimit:N0} bytes of byte code");
        Assert.IsTrue(code > 100, "the count finds the code");
        Assert.IsTrue(code <= TableLimit, $"{assembly}: {code:N0} bytes of byte code; split it");
        int strings = StringsSize(file);
        Console.WriteLine($"{assembly}: {strings:N0} of {TableLimit:N0} bytes of strings");
        Assert.IsTrue(strings > 1000, "the count finds the strings");
        Assert.IsTrue(strings <= TableLimit, $"{assembly}: {strings:N0} bytes of strings; split it");
    }

    /// <summary>
    /// Literals and the names of what is defined and used. The metadata processor leaves out names that the runtime knows, so this is a
    /// little too much.
    /// </summary>
    private static int StringsSize(PEReader file)
    {
        MetadataReader metadata = file.GetMetadataReader();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (UserStringHandle handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            texts.Add(metadata.GetUserString(handle));
        }

        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            texts.UnionWith([metadata.GetString(type.Name), metadata.GetString(type.Namespace)]);
        }

        foreach (TypeReference type in metadata.TypeReferences.Select(metadata.GetTypeReference))
        {
            texts.UnionWith([metadata.GetString(type.Name), metadata.GetString(type.Namespace)]);
        }

        texts.UnionWith(metadata.MethodDefinitions.Select(method => metadata.GetString(metadata.GetMethodDefinition(method).Name)));
        texts.UnionWith(metadata.FieldDefinitions.Select(field => metadata.GetString(metadata.GetFieldDefinition(field).Name)));
        texts.UnionWith(metadata.MemberReferences.Select(member => metadata.GetString(metadata.GetMemberReference(member).Name)));
        return texts.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
    }

    private static int CodeSize(PEReader file)
    {
        MetadataReader metadata = file.GetMetadataReader();
        int size = 0;
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            int address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            if (address != 0)
            {
                byte[] body = file.GetMethodBody(address).GetILBytes() ?? [];
                size += body.Length - (2 * Tokens(body));
            }
        }

        return size;
    }

    /// <summary>How many instructions of a method have a metadata token.</summary>
    private static int Tokens(byte[] body)
    {
        int tokens = 0;
        for (int at = 0; at < body.Length;)
        {
            OpCode code = body[at] == 0xFE ? s_codes[0xFE00 | body[at + 1]] : s_codes[body[at]];
            at += code.Size;
            switch (code.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineString or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineSig:
                    tokens++;
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(body, at));
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineI or OperandType.InlineBrTarget or OperandType.ShortInlineR:
                    at += 4;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.ShortInlineI or OperandType.ShortInlineBrTarget or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                default:
                    break;
            }
        }

        return tokens;
    }

    private static readonly Dictionary<int, OpCode> s_codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);
}
