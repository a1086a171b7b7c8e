using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Netboot.ApiGate.Tests;

/// <summary>The assemblies hold exactly what the lists say: read back by a compiler, every line is there and no other.</summary>
[TestClass]
public sealed class FidelityTests
{
    private static readonly CSharpCompilation s_reader = CSharpCompilation.Create("Reader", references: Gate.References);

    public static IEnumerable<object[]> Lists =>
        Directory.GetFiles(Repository.Lists, "*.txt").Select(file => new object[] { Path.GetFileName(file) });

    [TestMethod]
    [DynamicData(nameof(Lists))]
    public void Every_line_is_in_the_assembly_and_no_other(string list)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Lists, list));
        string[] heading = lines[0].Split(' ');
        IAssemblySymbol assembly = s_reader.References
            .Select(reference => (IAssemblySymbol)s_reader.GetAssemblyOrModuleSymbol(reference)!)
            .Single(candidate => candidate.Name == heading[2]);
        Assert.AreEqual(heading[3], assembly.Identity.Version.ToString());

        Assert.AreEqual("", ListPrinter.Difference(lines, assembly), "- only the list has, + only the assembly has");
    }

    [TestMethod]
    public void The_same_lists_give_the_same_bytes()
    {
        IReadOnlyDictionary<string,
            byte[]> again = Metadata.AssemblyWriter.WriteAll(Netboot.ApiGate.Lists.ListReader.ReadFolder(Repository.Lists));
        foreach ((string name, byte[] image) in Gate.Assemblies)
        {
            CollectionAssert.AreEqual(image, again[name], name);
        }
    }
}
