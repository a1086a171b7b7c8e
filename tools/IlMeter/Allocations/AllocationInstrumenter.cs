using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Netboot.IlMeter.Heap;

namespace Netboot.IlMeter.Allocations;

/// <summary>
/// Rewrites an assembly so that everything it takes from the heap is reported to the <see cref="AllocationRecorder"/>: objects, arrays,
/// boxed numbers, literals (a block each time on a board), and what the libraries make when they are called.
/// </summary>
public sealed class AllocationInstrumenter
{
    private readonly List<AllocationSite> _sites = [];
    private readonly ModuleDefinition _module;
    private readonly MethodReference _fixed;
    private readonly MethodReference _array;
    private readonly MethodReference _text;

    private AllocationInstrumenter(ModuleDefinition module)
    {
        _module = module;
        _fixed = Recorder(nameof(AllocationRecorder.Fixed));
        _array = Recorder(nameof(AllocationRecorder.Array));
        _text = Recorder(nameof(AllocationRecorder.Text));
    }

    /// <summary>
    /// Reads the assembly at <paramref name="path"/> and writes it to <paramref name="target"/>; returns its places by number.
    /// </summary>
    public static IReadOnlyList<AllocationSite> Instrument(string path, string target)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        var instrumenter = new AllocationInstrumenter(assembly.MainModule);
        foreach (MethodDefinition method in assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            instrumenter.Instrument(method);
        }

        assembly.Write(target);
        return instrumenter._sites;
    }

    private MethodReference Recorder(string name) => _module.ImportReference(typeof(AllocationRecorder).GetMethod(name));

    private void Instrument(MethodDefinition method)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        ILProcessor il = body.GetILProcessor();
        string place = $"{method.DeclaringType.Name}.{method.Name}";
        foreach (Instruction instruction in body.Instructions.ToArray())
        {
            switch (instruction.OpCode.Code)
            {
                case Code.Newarr:
                    string element = ((TypeReference)instruction.Operand).Name;
                    Tell(il, instruction, _array, new AllocationSite($"{place} new {element}[]", 0, 0, false));
                    break;
                case Code.Box:
                    Tell(il, instruction, _fixed, Object(place + " box", InterpreterSizes.Boxed));
                    break;
                case Code.Ldstr:
                    Tell(il, instruction, _fixed, Object(place + " literal", InterpreterSizes.Literal));
                    break;
                case Code.Newobj:
                    New(il, instruction, place);
                    break;
                case Code.Call or Code.Callvirt:
                    Call(il, instruction, place);
                    break;
            }
        }

        body.OptimizeMacros();
    }

    private void New(ILProcessor il, Instruction instruction, string place)
    {
        TypeReference type = ((MethodReference)instruction.Operand).DeclaringType;
        place += " new " + type.Name;
        if (type.FullName == "System.String")
        {
            Tell(il, instruction, _text, new AllocationSite(place, 0, 0, false));
        }
        else if (!type.IsValueType)
        {
            Tell(il, instruction, _fixed, Object(place, SizeOf(type)));
        }
    }

    private void Call(ILProcessor il, Instruction instruction, string place)
    {
        var method = (MethodReference)instruction.Operand;
        if (method is MethodDefinition || method.DeclaringType.Scope == _module)
        {
            // Our own code, which reports for itself.
            return;
        }

        string type = method.DeclaringType.Name;
        LibraryCalls.Cost cost = LibraryCalls.Of(type, method.Name);
        place += $" {type}.{method.Name}";
        if (method.ReturnType is ArrayType)
        {
            Tell(il, instruction, _array, new AllocationSite(place, cost.Bytes, cost.Largest, false));
        }
        else if (method.ReturnType.FullName == "System.String" && !LibraryCalls.GivesStored(type, method.Name))
        {
            Tell(il, instruction, _text, new AllocationSite(place, cost.Bytes, cost.Largest, cost.Characters));
        }
        else if (cost.Bytes > 0)
        {
            Tell(il, instruction, _fixed, new AllocationSite(place, cost.Bytes, cost.Largest, false));
        }
        else if (!cost.IsKnown && !method.Name.StartsWith("get_", StringComparison.Ordinal) && IsObject(method.ReturnType))
        {
            Tell(il, instruction, _fixed, Object(place, SizeOf(method.ReturnType)));
        }
    }

    // After the instruction, so that jumps to it or behind it still work.
    private void Tell(ILProcessor il, Instruction instruction, MethodReference recorder, AllocationSite site)
    {
        Instruction call = il.Create(OpCodes.Call, recorder);
        il.InsertAfter(instruction, call);
        il.InsertAfter(instruction, il.Create(OpCodes.Ldc_I4, _sites.Count));
        if (recorder != _fixed)
        {
            il.InsertAfter(instruction, il.Create(OpCodes.Dup));
        }

        _sites.Add(site);
    }

    private static bool IsObject(TypeReference type) =>
        !type.IsValueType && type.FullName is not ("System.Void" or "System.Object" or "System.String" or "System.Type");

    private static AllocationSite Object(string place, int bytes) => new(place, bytes, bytes, false);

    private static int SizeOf(TypeReference type)
    {
        if (type.FullName.EndsWith("Exception", StringComparison.Ordinal))
        {
            // As measured: object and its trace.
            return 108;
        }

        if (type is not TypeDefinition definition)
        {
            return LibraryObjects.Size(type.FullName);
        }

        if (definition.BaseType?.FullName == "System.MulticastDelegate")
        {
            return InterpreterSizes.Delegate;
        }

        int fields = 0;
        for (TypeDefinition? level = definition; level != null; level = level.BaseType as TypeDefinition)
        {
            fields += level.Fields.Count(f => !f.IsStatic);
        }

        return InterpreterSizes.Object(fields);
    }
}
