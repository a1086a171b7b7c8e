using Mono.Cecil;

namespace Netboot.IlMeter.Heap;

/// <summary>
/// What an assembly takes from a board's heap as soon as it is loaded, however little of it is used: its code and texts stay in flash, but
/// the interpreter keeps a place in RAM for each reference, type, field and method (CLR_RT_Assembly::CreateInstance in nf-interpreter's
/// TypeSystem.cpp). Counted from the compiled assembly as the metadata processor counts; it agrees to the byte with what was measured for
/// the three assemblies of commit d765dff (8,280, 5,448 and 2,016 bytes).
/// </summary>
public sealed record AssemblyTables(
    string Name, int References, int TypeReferences, int MemberReferences, int Types, int Fields, int Statics, int Methods)
{
    /// <summary>sizeof(CLR_RT_Assembly).</summary>
    private const int Base = 140;
    private const int Reference = 4;
    private const int TypeSize = 8;
    private const int FieldSize = 2;
    private const int MethodSize = 2;

    /// <summary>CLR_RT_MethodDef_DebuggingInfo: debugging is compiled into the published ESP32 firmware.</summary>
    private const int MethodDebugging = 1;

    /// <summary>Left out by the metadata processor.</summary>
    private const string RefSafety = "RefSafetyRulesAttribute";


    /// <summary>Bytes of heap.</summary>
    public int Bytes => InterpreterSizes.Blocks(
        Base + (Reference * (References + TypeReferences + MemberReferences)) + (TypeSize * Types) + Words(FieldSize * Fields)
        + Words(MethodSize * Methods) + Words(MethodDebugging * Methods) + (InterpreterSizes.Block * Statics));

    /// <summary>Counts a compiled assembly.</summary>
    public static AssemblyTables Of(string file)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(file);
        ModuleDefinition module = assembly.MainModule;
        TypeDefinition[] types = [.. module.GetTypes().Where(t => t.Name != "<Module>" && t.Name != RefSafety)];
        FieldDefinition[] fields = [.. types.SelectMany(t => t.Fields).Where(f => !f.HasConstant)];
        return new AssemblyTables(
            assembly.Name.Name, module.AssemblyReferences.Count, module.GetTypeReferences().Count(t => !IsAttribute(t)),
            module.GetMemberReferences().Count(m => !IsAttribute(m.DeclaringType)), types.Length, fields.Length,
            fields.Count(f => f.IsStatic), types.Sum(t => t.Methods.Count));
    }

    // Attributes, and types of their arguments, that the device does not keep: only the compiler and the debugger read them.
    private static bool IsAttribute(TypeReference type) =>
        (type.Name.EndsWith("Attribute", StringComparison.Ordinal) && type.Name != "Attribute")
        || type.Name is "AttributeTargets" or "DebuggingModes";

    private static int Words(int bytes) => (bytes + 3) / 4 * 4;
}
