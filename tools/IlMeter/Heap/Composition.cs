using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Netboot.IlMeter.Heap;

/// <summary>
/// What a method that puts parts together leaves on the heap, read from its code: each object that it makes, and those that the
/// constructors of our own types make. What other methods make is left out, because most of it is released again. For the firmware's parts,
/// which do not exist on a PC.
/// </summary>
public sealed class Composition
{
    private readonly Dictionary<string, TypeDefinition> _own = [];
    private readonly HashSet<string> _ignored;
    private readonly SortedDictionary<string, int> _objects = new(StringComparer.Ordinal);

    /// <summary>Knows the types of these assemblies; objects of the types named <paramref name="ignored"/> are counted elsewhere.</summary>
    public Composition(IEnumerable<string> files, params string[] ignored)
    {
        _ignored = [.. ignored];
        foreach (string file in files)
        {
            // Code is read when it is asked for: from memory, so that no file stays open.
            AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(file, new ReaderParameters { InMemory = true });
            foreach (TypeDefinition type in assembly.MainModule.GetTypes())
            {
                _own[type.FullName] = type;
            }
        }
    }

    /// <summary>Bytes by type.</summary>
    public IReadOnlyDictionary<string, int> Objects => _objects;

    /// <summary>Counts what this method makes: <paramref name="type"/> with its namespace.</summary>
    public void Add(string type, string method)
    {
        MethodDefinition? found = _own.GetValueOrDefault(type)?.Methods.SingleOrDefault(m => m.Name == method);
        Count(found ?? throw new InvalidOperationException($"{type}.{method} is not in the firmware any more"));
    }

    /// <summary>Counts what the code does not show: something that is made later and kept.</summary>
    public void Add(string name, int bytes) => _objects[name] = _objects.GetValueOrDefault(name) + bytes;

    private void Count(MethodDefinition method)
    {
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (instruction.OpCode == OpCodes.Newobj)
            {
                CountObject((MethodReference)instruction.Operand);
            }
            else if (instruction.OpCode == OpCodes.Newarr)
            {
                Add("arrays", InterpreterSizes.Array(Length(instruction.Previous), Width((TypeReference)instruction.Operand)));
            }
            else if (instruction.OpCode == OpCodes.Call && ((MethodReference)instruction.Operand).Name == ".ctor")
            {
                // The constructor of the base.
                CountConstructor((MethodReference)instruction.Operand);
            }
        }
    }

    private void CountObject(MethodReference constructor)
    {
        string name = constructor.DeclaringType.FullName;
        if (_ignored.Contains(name) || name.EndsWith("Exception", StringComparison.Ordinal))
        {
            return;
        }

        if (_own.TryGetValue(name, out TypeDefinition? type))
        {
            Add(type.Name, InterpreterSizes.Object(Fields(type)));
            CountConstructor(constructor);
        }
        else
        {
            Add(constructor.DeclaringType.Name, LibraryObjects.Size(name));
        }
    }

    private void CountConstructor(MethodReference constructor)
    {
        if (_own.TryGetValue(constructor.DeclaringType.FullName, out TypeDefinition? type))
        {
            Count(type.Methods.Single(m => m.IsConstructor && !m.IsStatic && m.Parameters.Count == constructor.Parameters.Count));
        }
    }

    private int Fields(TypeDefinition type)
    {
        int inherited = type.BaseType != null && _own.TryGetValue(type.BaseType.FullName, out TypeDefinition? parent) ? Fields(parent) : 0;
        return inherited + type.Fields.Count(f => !f.IsStatic && !f.HasConstant);
    }

    private static int Width(TypeReference element) => element.MetadataType switch
    {
        MetadataType.Boolean or MetadataType.Byte or MetadataType.SByte => 1,
        MetadataType.Char or MetadataType.Int16 or MetadataType.UInt16 => 2,
        MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single => 4,
        MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double => 8,
        _ => InterpreterSizes.Block,
    };

    // As the compiler writes a constant; a computed length is not seen, and counts as nothing.
    private static int Length(Instruction constant) => constant.OpCode.Code switch
    {
        Code.Ldc_I4 => (int)constant.Operand,
        Code.Ldc_I4_S => (sbyte)constant.Operand,
        >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => constant.OpCode.Code - Code.Ldc_I4_0,
        _ => 0,
    };
}
