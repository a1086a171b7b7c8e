using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Netboot.Tests.Floors;

/// <summary>
/// Which room of the device uses which other one, and where first: read from its compiled types, so that no way of writing it escapes.
/// </summary>
internal static class Uses
{
    private const string Root = "Netboot.";

    /// <summary>By user and used room, the member that does it.</summary>
    public static SortedDictionary<(string User, string Used), string> Of(string assembly)
    {
        using AssemblyDefinition device = AssemblyDefinition.ReadAssembly(assembly);
        var found = new SortedDictionary<(string, string), string>();
        foreach (TypeDefinition type in device.MainModule.GetTypes())
        {
            string user = RoomOf(type);
            foreach ((TypeReference used, string where) in Named(type))
            {
                string room = RoomOf(used);
                if (user is not null && room is not null && room != user)
                {
                    found.TryAdd((user, room), where);
                }
            }
        }

        return found;
    }

    /// <summary>The rooms that an assembly has.</summary>
    public static SortedSet<string> Rooms(string assembly)
    {
        using AssemblyDefinition device = AssemblyDefinition.ReadAssembly(assembly);
        return [.. device.MainModule.GetTypes().Select(RoomOf).Where(r => r is not null)];
    }

    // The first name behind "Netboot."; null for what is not ours.
    private static string RoomOf(TypeReference any)
    {
        TypeReference type = Outermost(any);
        return type.Namespace.StartsWith(Root, System.StringComparison.Ordinal) ? type.Namespace[Root.Length..].Split('.')[0] : null;
    }

    /// <summary>The type that stands in a file by itself: of an array its elements', of a nested one that around it.</summary>
    public static TypeReference Outermost(TypeReference type)
    {
        while (type is TypeSpecification outer)
        {
            type = outer.ElementType;
        }

        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type;
    }

    /// <summary>The types that a type names, its nested ones aside, each with the member that does it.</summary>
    public static IEnumerable<(TypeReference Type, string Where)> Named(TypeDefinition type)
    {
        if (type.BaseType is not null)
        {
            yield return (type.BaseType, type.FullName);
        }

        foreach (TypeReference each in type.Interfaces.Select(i => i.InterfaceType)
            .Concat(type.CustomAttributes.Select(a => a.AttributeType)))
        {
            yield return (each, type.FullName);
        }

        foreach (FieldDefinition field in type.Fields)
        {
            yield return (field.FieldType, field.FullName);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            foreach (TypeReference each in Named(method))
            {
                yield return (each, method.FullName);
            }
        }
    }

    private static IEnumerable<TypeReference> Named(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            yield return parameter.ParameterType;
        }

        if (!method.HasBody)
        {
            yield break;
        }

        foreach (VariableDefinition variable in method.Body.Variables)
        {
            yield return variable.VariableType;
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (instruction.Operand is TypeReference type)
            {
                yield return type;
            }
            else if (instruction.Operand is MemberReference member and not null)
            {
                yield return member.DeclaringType;
                if (member is MethodReference called)
                {
                    yield return called.ReturnType;
                }
                else if (member is FieldReference field)
                {
                    yield return field.FieldType;
                }
            }
        }
    }
}
