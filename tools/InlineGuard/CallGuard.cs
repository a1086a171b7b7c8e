using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Netboot.InlineGuard;

/// <summary>
/// Keeps a fault of nanoFramework's interpreter away from the device. When it runs a called instance method inside its caller's stack frame
/// ("inline", CLR_RT_StackFrame::PushInline), it counts the caller's next evaluation stack slot as used without writing it. A garbage
/// collection that falls into such a call follows what an earlier call left in that slot. If that object is gone, the collector marks and
/// moves whatever lies there now: the board crashes, or its data changes silently. Seen under load after seconds to minutes.
/// <para>
/// Two rules make it impossible in our code. The interpreter never inlines a method that has an attribute, so each instance method of ours
/// gets one that costs nothing: the metadata processor keeps its flag and drops the rest. And in front of a call of somebody else's
/// instance method, which may be inlined, a number goes into that slot (<c>ldc.i4.0; pop</c>), which the collector passes over. Calls that
/// nanoFramework's libraries make among themselves cannot be reached from here.
/// </para>
/// </summary>
public static class CallGuard
{
    private const string OurAssemblies = "Netboot.";

    /// <summary>Guards a module; what is already guarded is left as it is.</summary>
    /// <returns>How many methods were marked, and in front of how many calls a number was put.</returns>
    public static (int Methods, int Calls) Guard(ModuleDefinition module)
    {
        int methods = Mark(module);
        int calls = 0;
        foreach (MethodBody body in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).Select(m => m.Body))
        {
            List<Instruction> exposed = Exposed(body);
            calls += exposed.Count;
            if (exposed.Count > 0)
            {
                PutNumbers(body, exposed);
            }
        }

        return (methods, calls);
    }

    /// <summary>The calls of a method that the interpreter may inline and that have no number in front of them.</summary>
    public static List<Instruction> Exposed(MethodBody body)
    {
        HashSet<Instruction> targets = JumpTargets(body);
        return [.. body.Instructions.Where(i => MayBeInlined(i) && !HasNumber(i, targets))];
    }

    private static int Mark(ModuleDefinition module)
    {
        List<MethodDefinition> methods =
            [.. module.GetTypes().SelectMany(t => t.Methods).Where(m => !m.IsStatic && !m.IsConstructor && !m.HasCustomAttributes)];
        if (methods.Count == 0)
        {
            return 0;
        }

        // CLSCompliant(false): allowed on methods, true of ours or without meaning, and read by nobody at run time.
        var attribute = new TypeReference("System", "CLSCompliantAttribute", module, module.TypeSystem.CoreLibrary);
        var constructor = new MethodReference(".ctor", module.TypeSystem.Void, attribute) { HasThis = true };
        constructor.Parameters.Add(new ParameterDefinition(module.TypeSystem.Boolean));
        foreach (MethodDefinition method in methods)
        {
            var mark = new CustomAttribute(constructor);
            mark.ConstructorArguments.Add(new CustomAttributeArgument(module.TypeSystem.Boolean, false));
            method.CustomAttributes.Add(mark);
        }

        return methods.Count;
    }

    // Static methods, constructors and delegates are never inlined.
    private static bool MayBeInlined(Instruction instruction)
    {
        if ((instruction.OpCode != OpCodes.Callvirt && instruction.OpCode != OpCodes.Call)
            || instruction.Operand is not MethodReference { HasThis: true, Name: not ".ctor" } called)
        {
            return false;
        }

        // Ours are marked: those of this module, and of the others that are built the same way.
        return called.DeclaringType.GetElementType().Scope is AssemblyNameReference library
            && !library.Name.StartsWith(OurAssemblies, StringComparison.Ordinal);
    }

    private static bool HasNumber(Instruction call, HashSet<Instruction> targets)
    {
        Instruction first = First(call);
        Instruction? pop = first.Previous;
        return !targets.Contains(call) && !targets.Contains(first) && pop?.OpCode == OpCodes.Pop && !targets.Contains(pop)
            && pop.Previous?.OpCode == OpCodes.Ldc_I4_0;
    }

    private static Instruction First(Instruction call) => call.Previous?.OpCode.OpCodeType == OpCodeType.Prefix ? call.Previous : call;

    private static HashSet<Instruction> JumpTargets(MethodBody body)
    {
        HashSet<Instruction> targets = [.. body.Instructions.Select(i => i.Operand).OfType<Instruction>()];
        targets.UnionWith(body.Instructions.Select(i => i.Operand).OfType<Instruction[]>().SelectMany(several => several));
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            targets.UnionWith(new[] { handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd,
                handler.FilterStart }.OfType<Instruction>());
        }

        return targets;
    }

    private static void PutNumbers(MethodBody body, List<Instruction> calls)
    {
        // Short branches might no longer reach: make everything long first, and short again at the end.
        body.SimplifyMacros();
        ILProcessor il = body.GetILProcessor();
        foreach (Instruction call in calls)
        {
            // Jumps to the call must pass the number: its first instruction becomes the number's, and a copy takes its place.
            Instruction first = First(call);
            Instruction copy = il.Create(OpCodes.Nop);
            copy.OpCode = first.OpCode;
            copy.Operand = first.Operand;
            first.OpCode = OpCodes.Ldc_I4;
            first.Operand = 0;
            il.InsertAfter(first, copy);
            il.InsertAfter(first, il.Create(OpCodes.Pop));
        }

        body.OptimizeMacros();
    }
}
