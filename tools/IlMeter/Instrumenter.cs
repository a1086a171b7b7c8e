using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Netboot.IlMeter;

/// <summary>
/// Rewrites an assembly so that every basic block adds the number of its instructions to its method's counter. What the counters show is
/// exact and repeatable; only a block that an exception leaves early counts whole.
/// </summary>
public static class Instrumenter
{
    /// <summary>Full name of the type that holds the counter in the rewritten assembly.</summary>
    public const string CounterType = "Netboot.IlMeter.Counter";

    /// <summary>
    /// Name of the counters, a public static long[] with a place for each method. It must be set before the assembly runs.
    /// </summary>
    public const string CounterField = "Instructions";

    /// <summary>
    /// Reads the assembly at <paramref name="path"/> and writes it with counters to <paramref name="target"/>; returns the methods' names
    /// by place.
    /// </summary>
    public static IReadOnlyList<string> Instrument(string path, string target)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        ModuleDefinition module = assembly.MainModule;
        FieldDefinition counter = AddCounter(module);
        List<MethodDefinition> methods = [.. module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)];
        for (int i = 0; i < methods.Count; i++)
        {
            Instrument(methods[i].Body, counter, i);
        }

        assembly.Write(target);
        return [.. methods.Select(m => $"{m.DeclaringType.Name}.{m.Name}")];
    }

    private static FieldDefinition AddCounter(ModuleDefinition module)
    {
        int dot = CounterType.LastIndexOf('.');
        var type = new TypeDefinition(
            CounterType[..dot], CounterType[(dot + 1)..],
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Class,
            module.TypeSystem.Object);
        var field = new FieldDefinition(CounterField, FieldAttributes.Public | FieldAttributes.Static,
            new ArrayType(module.TypeSystem.Int64));
        type.Fields.Add(field);
        module.Types.Add(type);
        return field;
    }

    private static void Instrument(MethodBody body, FieldDefinition counter, int place)
    {
        // Short branches might no longer reach: make everything long first, and short again at the end.
        body.SimplifyMacros();
        List<Instruction> instructions = [.. body.Instructions];
        HashSet<Instruction> leaders = Leaders(body, instructions);
        Dictionary<Instruction, Instruction> entries = [];
        ILProcessor il = body.GetILProcessor();
        for (int i = 0; i < instructions.Count; i++)
        {
            if (leaders.Contains(instructions[i]))
            {
                int length = 1;
                while (i + length < instructions.Count && !leaders.Contains(instructions[i + length]))
                {
                    length++;
                }

                entries[instructions[i]] = InsertCount(il, counter, place, instructions[i], length);
            }
        }

        Redirect(body, entries);
        body.OptimizeMacros();
    }

    /// <summary>
    /// Where blocks begin: the first instruction, targets of jumps, what follows a jump, the beginnings of try and handler blocks.
    /// </summary>
    private static HashSet<Instruction> Leaders(MethodBody body, List<Instruction> instructions)
    {
        HashSet<Instruction> leaders = [instructions[0]];
        for (int i = 0; i < instructions.Count; i++)
        {
            switch (instructions[i].Operand)
            {
                case Instruction target:
                    leaders.Add(target);
                    break;
                case Instruction[] targets:
                    leaders.UnionWith(targets);
                    break;
            }

            bool leaves =
                instructions[i].OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;
            if (leaves && i + 1 < instructions.Count)
            {
                leaders.Add(instructions[i + 1]);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.UnionWith(new[] { handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd,
                handler.FilterStart }.OfType<Instruction>());
        }

        return leaders;
    }

    private static Instruction InsertCount(ILProcessor il, FieldDefinition counter, int place, Instruction before, int length)
    {
        Instruction first = il.Create(OpCodes.Ldsfld, counter);
        il.InsertBefore(before, first);
        il.InsertBefore(before, il.Create(OpCodes.Ldc_I4, place));
        il.InsertBefore(before, il.Create(OpCodes.Ldelema, counter.Module.TypeSystem.Int64));
        il.InsertBefore(before, il.Create(OpCodes.Dup));
        il.InsertBefore(before, il.Create(OpCodes.Ldind_I8));
        il.InsertBefore(before, il.Create(OpCodes.Ldc_I8, (long)length));
        il.InsertBefore(before, il.Create(OpCodes.Add));
        il.InsertBefore(before, il.Create(OpCodes.Stind_I8));
        return first;
    }

    /// <summary>Jumps and protected ranges that named a block's first instruction name its count now.</summary>
    private static void Redirect(MethodBody body, Dictionary<Instruction, Instruction> entries)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                instruction.Operand = entries[target];
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                instruction.Operand = targets.Select(t => entries[t]).ToArray();
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = entries[handler.TryStart];
            handler.TryEnd = entries[handler.TryEnd];
            handler.HandlerStart = entries[handler.HandlerStart];
            handler.HandlerEnd = handler.HandlerEnd == null ? null : entries[handler.HandlerEnd];
            handler.FilterStart = handler.FilterStart == null ? null : entries[handler.FilterStart];
        }
    }
}
