using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using AssemblyDefinition = Mono.Cecil.AssemblyDefinition;
using MethodDefinition = Mono.Cecil.MethodDefinition;
using TypeDefinition = Mono.Cecil.TypeDefinition;

namespace Netboot.Tests.Device;

/// <summary>
/// How large the tables become that the metadata processor makes of an assembly; it takes 65,535 bytes in each and refuses the assembly
/// else.
/// </summary>
internal static class DeviceTables
{
    /// <summary>
    /// Names, texts and what attributes say, each once, with the zero that ends it: one table holds them all. An estimate: names without a
    /// place on the board (of parameters) are in it; and against the reference assemblies of the API gate, the source of an assertion's
    /// arguments is not, which the real test framework takes along: up to a third more.
    /// </summary>
    public static int StringBytes(string file)
    {
        var strings = new HashSet<string>();
        using (var pe = new PEReader(File.OpenRead(file)))
        {
            MetadataReader reader = pe.GetMetadataReader();
            for (UserStringHandle handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = reader.GetNextHandle(handle))
            {
                strings.Add(reader.GetUserString(handle));
            }

            for (StringHandle handle = MetadataTokens.StringHandle(1); !handle.IsNil; handle = reader.GetNextHandle(handle))
            {
                strings.Add(reader.GetString(handle));
            }
        }

        // An enumeration among an attribute's arguments is read by its type, which may be in an assembly beside this one.
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(file));
        using var assembly = AssemblyDefinition.ReadAssembly(file, new ReaderParameters { AssemblyResolver = resolver });
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            strings.UnionWith(type.CustomAttributes.Concat(type.Methods.SelectMany(method => method.CustomAttributes))
                .SelectMany(attribute => attribute.ConstructorArguments).SelectMany(argument => Texts(argument)));
        }

        return strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
    }

    /// <summary>
    /// Instructions with operands as short as the board's (two bytes for what .NET gives four), and the exception handlers.
    /// </summary>
    public static int CodeBytes(string file)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(file);
        return assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(CodeBytes);
    }

    private static int CodeBytes(MethodDefinition method)
    {
        int handlers = method.Body.ExceptionHandlers.Count;
        return method.Body.Instructions.Sum(CodeBytes) + (handlers == 0 ? 0 : (12 * handlers) + 1);
    }

    private static int CodeBytes(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineSwitch => instruction.OpCode.Size + 1 + (2 * ((Instruction[])instruction.Operand).Length),
        OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineBrTarget =>
            instruction.OpCode.Size + 2,
        _ => instruction.GetSize(),
    };

    private static IEnumerable<string> Texts(CustomAttributeArgument argument) => argument.Value switch
    {
        string text => [text],
        CustomAttributeArgument inner => Texts(inner),
        CustomAttributeArgument[] elements => elements.SelectMany(Texts),
        _ => [],
    };
}
