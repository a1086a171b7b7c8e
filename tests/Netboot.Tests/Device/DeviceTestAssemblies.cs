using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Netboot.Tests.Device;

/// <summary>
/// The assemblies of device tests, as the solution's build made them: no table too large for the metadata processor, no test left out.
/// </summary>
[TestClass]
public class DeviceTestAssemblies
{
    /// <summary>The limit is 65,535; with the strings that are not counted here it is about 60,000 too.</summary>
    private const int MostStrings = 45_000;

    private const int MostCode = 60_000;

    private const string Remedy = "move tests to another project of tests/Unit.Device";

    private static readonly string Configuration =
        typeof(DeviceTestAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value;

    [TestMethod]
    public void The_tables_of_every_test_assembly_fit()
    {
        foreach (string file in TestAssemblies())
        {
            int strings = DeviceTables.StringBytes(file);
            int code = DeviceTables.CodeBytes(file);
            Console.WriteLine(FormattableString.Invariant($"{file}: {code:N0} bytes of code, about {strings:N0} of strings"));
            Assert.IsTrue(strings > 5_000 && code > 5_000, file + ": both were found");
            Assert.IsTrue(strings <= MostStrings, $"{file}: about {strings} bytes of strings, at most {MostStrings}: {Remedy}");
            Assert.IsTrue(code <= MostCode, $"{file}: {code} bytes of code, at most {MostCode}: {Remedy}");
        }
    }

    [TestMethod]
    public void Every_test_class_is_in_one_of_them()
    {
        List<string> compiled = [];
        foreach (string file in TestAssemblies())
        {
            using var assembly = Mono.Cecil.AssemblyDefinition.ReadAssembly(file);
            compiled.AddRange(assembly.MainModule.Types.Where(type =>
                type.CustomAttributes.Any(a => a.AttributeType.Name == "TestClassAttribute")).Select(type => type.FullName));
        }

        CollectionAssert.AreEquivalent(UnitTestSources.TestClasses().ToList(), compiled,
            "each once; a new folder of tests/Unit goes into a project of tests/Unit.Device");
    }

    private static IEnumerable<string> TestAssemblies()
    {
        string folder = Path.Combine(UnitTestSources.TestsFolder, "Unit.Device");
        string[] projects = Directory.GetFiles(folder, "NFUnitTest.*.nfproj", SearchOption.AllDirectories);
        Assert.IsTrue(projects.Length > 1, "the projects were found");
        return projects.Select(project => Built(Path.GetDirectoryName(project), "NFUnitTest.dll"));
    }

    private static string Built(string projectFolder, string name)
    {
        string file = Path.Combine(projectFolder, "bin", Configuration, name);
        Assert.IsTrue(File.Exists(file), $"{file} is not there: build Netboot.nanoFramework.sln first (configuration {Configuration})");
        return file;
    }
}
