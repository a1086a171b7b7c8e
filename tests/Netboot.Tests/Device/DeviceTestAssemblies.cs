using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Netboot.Tests.Device;

/// <summary>The assemblies of device tests, as the solution's build made them: no string table too large for the metadata processor, no test left out.</summary>
[TestClass]
public class DeviceTestAssemblies
{
    /// <summary>The metadata processor's limit is 65,535 and its count is lower than this one's, which has names in it that a board does not get.</summary>
    private const int MostBytes = 60_000;

    private static readonly string Configuration =
        typeof(DeviceTestAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value;

    [TestMethod]
    public void Every_string_table_fits()
    {
        foreach (string file in Files())
        {
            int bytes = StringBytes(file);
            Console.WriteLine(FormattableString.Invariant($"{file}: about {bytes:N0} bytes of strings"));
            Assert.IsTrue(bytes > 10_000, file + ": the strings were found");
            Assert.IsTrue(bytes <= MostBytes, $"{file}: about {bytes} bytes of strings, at most {MostBytes}: move tests to another project of tests/Unit.Device");
        }
    }

    [TestMethod]
    public void Every_test_class_is_in_one_of_them()
    {
        List<string> compiled = [];
        foreach (string file in Files())
        {
            using var assembly = Mono.Cecil.AssemblyDefinition.ReadAssembly(file);
            compiled.AddRange(assembly.MainModule.Types.Where(type => type.CustomAttributes.Any(a => a.AttributeType.Name == "TestClassAttribute")).Select(type => type.FullName));
        }

        CollectionAssert.AreEquivalent(UnitTestSources.TestClasses().ToList(), compiled, "each once; a new folder of tests/Unit goes into a project of tests/Unit.Device");
    }

    private static IEnumerable<string> Files()
    {
        string[] projects = Directory.GetFiles(Path.Combine(UnitTestSources.TestsFolder, "Unit.Device"), "*.nfproj", SearchOption.AllDirectories);
        Assert.IsTrue(projects.Length > 1, "the projects were found");
        foreach (string project in projects)
        {
            string file = Path.Combine(Path.GetDirectoryName(project), "bin", Configuration, "NFUnitTest.dll");
            Assert.IsTrue(File.Exists(file), $"{file} is not there: build Netboot.nanoFramework.sln first (configuration {Configuration})");
            yield return file;
        }
    }

    /// <summary>Texts and names, each once, with the zero that ends it: one table holds them all on the board.</summary>
    private static int StringBytes(string file)
    {
        using var pe = new PEReader(File.OpenRead(file));
        MetadataReader reader = pe.GetMetadataReader();
        var strings = new HashSet<string>();
        for (UserStringHandle handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = reader.GetNextHandle(handle))
        {
            strings.Add(reader.GetUserString(handle));
        }

        for (StringHandle handle = MetadataTokens.StringHandle(1); !handle.IsNil; handle = reader.GetNextHandle(handle))
        {
            strings.Add(reader.GetString(handle));
        }

        return strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
    }
}
