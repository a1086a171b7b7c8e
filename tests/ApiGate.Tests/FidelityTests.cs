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
    public void EveryLineIsInTheAssemblyAndNoOther(string list)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Lists, list));
        string[] heading = lines[0].Split(' ');
        IAssemblySymbol assembly = s_reader.References
            .Select(reference => (IAssemblySymbol)s_reader.GetAssemblyOrModuleSymbol(reference)!)
            .Single(candidate => candidate.Name == heading[2]);
        Assert.AreEqual(heading[3], assembly.Identity.Version.ToString());

        string[] wanted = Owned(lines.Skip(1)).Order(StringComparer.Ordinal).ToArray();
        string[] found = ListPrinter.Lines(assembly.GlobalNamespace).Order(StringComparer.Ordinal).ToArray();
        string difference = string.Join("\n", wanted.Except(found).Select(line => "- " + line)
            .Concat(found.Except(wanted).Select(line => "+ " + line)));
        Assert.AreEqual("", difference, "- only the list has, + only the assembly has");
        Assert.AreEqual(wanted.Length, found.Length);
    }

    [TestMethod]
    public void TheSameListsGiveTheSameBytes()
    {
        IReadOnlyDictionary<string,
            byte[]> again = Metadata.AssemblyWriter.WriteAll(Netboot.ApiGate.Lists.ListReader.ReadFolder(Repository.Lists));
        foreach ((string name, byte[] image) in Gate.Assemblies)
        {
            CollectionAssert.AreEqual(image, again[name], name);
        }
    }

    // Puts the type that a line stands under in front of it; "readonly get" is a promise that only the compiler of the library keeps.
    private static IEnumerable<string> Owned(IEnumerable<string> lines)
    {
        var owners = new List<string>();
        foreach (string line in lines.Where(line => line.Trim().Length > 0))
        {
            int depth = (line.Length - line.TrimStart().Length) / 2;
            owners.RemoveRange(depth, owners.Count - depth);
            yield return $"{(depth == 0 ? "" : owners[^1])}> {line.Trim().Replace("{ readonly get;", "{ get;")}";
            string[] words = line.Trim().Split(' ');
            int kind = Array.FindIndex(words, word => word is "class" or "struct" or "interface" or "enum" or "delegate");
            if (kind >= 0)
            {
                owners.Add(words[^1].EndsWith(')') ? "" : words[kind + 1]);
            }
        }
    }
}
