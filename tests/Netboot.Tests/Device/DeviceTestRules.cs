using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Netboot.Tests.Device;

/// <summary>
/// nanoFramework's test launcher calls a test method without an instance, so a test class that uses its own passes here and fails on the
/// board; and it dies of an enumeration among an attribute's arguments, with all tests of the assembly.
/// </summary>
[TestClass]
public class DeviceTestRules
{
    [TestMethod]
    public void No_test_class_has_what_the_boards_launcher_cannot_take()
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(typeof(DeviceTestRules).Assembly.Location);
        string[] faults = [.. UnitTestSources.TestClasses().SelectMany(name => Faults(assembly.MainModule.GetType(name), name))];
        Assert.AreEqual("", string.Join("\n", faults));
    }

    [TestMethod]
    [DataRow("Plain", "")]
    [DataRow("WithField", "it has the instance field _field; it uses its instance in .ctor")]
    [DataRow("WithProperty",
        "it has the instance field <Property>k__BackingField; it uses its instance in get_Property; it uses its instance in set_Property")]
    [DataRow("WithConstructor", "it uses its instance in .ctor")]
    [DataRow("WithHelper", "it uses its instance in Test")]
    [DataRow("WithEnum", "it takes a DayOfWeek in Test: on a board an enumeration in a DataRow ends the whole run")]
    [DataRow("WithNull", "it has a null in a DataRow of Test: the metadata processor dies of it")]
    [DataRow("WithBase", "it has the base class Netboot.Tests.Device.DeviceTestRules/Plain")]
    public void What_would_fail_there_is_found_here(string example, string expected)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(typeof(DeviceTestRules).Assembly.Location);
        TypeDefinition type = assembly.MainModule.GetType(typeof(DeviceTestRules).FullName + "/" + example);
        Assert.AreEqual(expected, string.Join("; ", Faults(type, "it")));
    }

    private static IEnumerable<string> Faults(TypeDefinition type, string name)
    {
        Assert.IsNotNull(type, name + " is compiled");
        if (type.BaseType.FullName != typeof(object).FullName)
        {
            yield return $"{name} has the base class {type.BaseType.FullName}";
        }

        foreach (FieldDefinition field in type.Fields.Where(field => !field.IsStatic))
        {
            yield return $"{name} has the instance field {field.Name}";
        }

        foreach (MethodDefinition method in type.Methods.Where(method =>
            method.CustomAttributes.Any(a => a.AttributeType.Name == "DataRowAttribute")))
        {
            foreach (TypeReference taken in method.Parameters.Select(p => p.ParameterType)
                .Where(t => !t.IsPrimitive && t.FullName != typeof(string).FullName))
            {
                yield return $"{name} takes a {taken.Name} in {method.Name}: on a board an enumeration in a DataRow ends the whole run";
            }
        }

        foreach (MethodDefinition method in type.Methods.Where(method => method.CustomAttributes.Any(HasNull)))
        {
            yield return $"{name} has a null in a DataRow of {method.Name}: the metadata processor dies of it";
        }

        foreach (MethodDefinition method in type.Methods.Where(method => !method.IsStatic && UsesInstance(method)))
        {
            yield return $"{name} uses its instance in {method.Name}";
        }
    }

    private static bool HasNull(CustomAttribute attribute) =>
        attribute.AttributeType.Name == "DataRowAttribute" && attribute.ConstructorArguments.Any(HasNull);

    private static bool HasNull(CustomAttributeArgument argument) => argument.Value switch
    {
        null => true,
        CustomAttributeArgument inner => HasNull(inner),
        CustomAttributeArgument[] elements => elements.Any(HasNull),
        _ => false,
    };

    // A constructor that nobody wrote loads its instance once and calls object's with it.
    private static bool UsesInstance(MethodDefinition method) =>
        method.IsConstructor
            ? method.Body.Instructions.Count(instruction => instruction.OpCode.Code is not (Code.Nop or Code.Ret)) > 2
            : method.Body.Instructions.Any(instruction =>
            instruction.OpCode.Code == Code.Ldarg_0 || instruction.Operand == method.Body.ThisParameter);

    private class Plain
    {
        private static readonly int[] Shared = [1];

        public void Test() => Assert.AreEqual(1, Shared[0]);
    }

    private sealed class WithField
    {
        private readonly int[] _field = [1];

        public static int Read(WithField of) => of._field[0];
    }

    private sealed class WithProperty
    {
        public int Property { get; set; }
    }

    private sealed class WithConstructor
    {
        public WithConstructor()
        {
            Plain.Equals(1, 2);
        }
    }

    private sealed class WithHelper
    {
        public void Test() => Helper();

        private void Helper() => Console.WriteLine();
    }

#pragma warning disable MSTEST0014 // Examples are looked at, not run.
    private sealed class WithEnum
    {
        [DataRow(DayOfWeek.Monday)]
        public void Test(DayOfWeek day) => Assert.AreEqual(DayOfWeek.Monday, day);
    }

    private sealed class WithNull
    {
        [DataRow("a", null)]
        public void Test(string text, string other) => Assert.AreNotEqual(text, other);
    }
#pragma warning restore MSTEST0014

    private sealed class WithBase : Plain
    {
    }
}
