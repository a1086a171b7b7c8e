using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Netboot.Tests.Support;

/// <summary>
/// Counts the IL instructions that the device's own code executes: the interpreter on the board takes some 2 µs for each, so budgets are
/// counts, not times. A copy of Netboot.Device.dll gets a counter at the start of every basic block and is loaded apart from the
/// original, together with a copy of the tests that drives it. Calls into the framework count as the one instruction that makes them.
/// </summary>
public static class IlMeter
{
    private const string CounterType = "IlMeterCounter";
    private const string CounterField = "Executed";

    /// <summary>Runs the static method <paramref name="name"/> of <paramref name="scenario"/> against the counting copy and gives its result.</summary>
    public static object Run(Type scenario, string name)
    {
        var context = new CountingContext(typeof(Netboot.Device.IService).Assembly.Location);
        Assembly tests = context.LoadFromAssemblyPath(scenario.Assembly.Location);
        return tests.GetType(scenario.FullName, true).GetMethod(name).Invoke(null, null);
    }

    /// <summary>For the scenario: the instructions executed since the start.</summary>
    public static long Executed
    {
        get { return (long)typeof(Netboot.Device.IService).Assembly.GetType(CounterType, true).GetField(CounterField).GetValue(null); }
    }

    private static byte[] Instrument(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        var counter = new TypeDefinition(
            "", CounterType, Mono.Cecil.TypeAttributes.Public | Mono.Cecil.TypeAttributes.Abstract | Mono.Cecil.TypeAttributes.Sealed, module.TypeSystem.Object);
        var field = new FieldDefinition(CounterField, Mono.Cecil.FieldAttributes.Public | Mono.Cecil.FieldAttributes.Static, module.TypeSystem.Int64);
        counter.Fields.Add(field);
        foreach (TypeDefinition type in module.GetAllTypes())
        {
            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasBody)
                {
                    Instrument(method.Body, field);
                }
            }
        }

        module.Types.Add(counter);
        var image = new MemoryStream();
        module.Write(image);
        return image.ToArray();
    }

    private static void Instrument(Mono.Cecil.Cil.MethodBody body, FieldReference counter)
    {
        body.SimplifyMacros();
        var original = body.Instructions.ToArray();
        var starts = new System.Collections.Generic.HashSet<Instruction> { original[0] };
        foreach (Instruction instruction in original)
        {
            if (instruction.Operand is Instruction target)
            {
                starts.Add(target);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                starts.UnionWith(targets);
            }

            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch && instruction.Next != null)
            {
                starts.Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            starts.Add(handler.HandlerStart);
            starts.Add(handler.TryStart);
        }

        ILProcessor il = body.GetILProcessor();
        for (int i = 0; i < original.Length; i++)
        {
            if (!starts.Contains(original[i]))
            {
                continue;
            }

            // The optimiser drops "nop"; a debug build has them.
            int count = 0;
            for (int j = i; j < original.Length && (j == i || !starts.Contains(original[j])); j++)
            {
                count += original[j].OpCode.Code == Code.Nop ? 0 : 1;
            }

            // The block's first instruction becomes the counter's first one, so that every branch to it passes the counter.
            Instruction first = original[i];
            Instruction moved = il.Create(OpCodes.Nop);
            moved.OpCode = first.OpCode;
            moved.Operand = first.Operand;
            first.OpCode = OpCodes.Ldsfld;
            first.Operand = counter;
            Instruction number = il.Create(OpCodes.Ldc_I4, count);
            Instruction widen = il.Create(OpCodes.Conv_I8);
            Instruction add = il.Create(OpCodes.Add);
            Instruction store = il.Create(OpCodes.Stsfld, counter);
            il.InsertAfter(first, number);
            il.InsertAfter(number, widen);
            il.InsertAfter(widen, add);
            il.InsertAfter(add, store);
            il.InsertAfter(store, moved);
        }

        body.OptimizeMacros();
    }

    private sealed class CountingContext : AssemblyLoadContext
    {
        private readonly string _device;

        public CountingContext(string device)
        {
            _device = device;
        }

        protected override Assembly Load(AssemblyName name)
        {
            return name.Name == Path.GetFileNameWithoutExtension(_device) ? LoadFromStream(new MemoryStream(Instrument(_device))) : null;
        }
    }
}
