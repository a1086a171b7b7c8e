using Microsoft.CodeAnalysis;

namespace Netboot.ApiGate.Tests;

/// <summary>What was seen to run on the device's interpreter passes without a word.</summary>
[TestClass]
public sealed class AcceptanceTests
{
    [TestMethod]
    [DataRow("Language.cs")]
    [DataRow("Types.cs")]
    [DataRow("Framework.cs")]
    public async Task What_runs_on_the_device_compiles_clean(string file)
    {
        string source = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Snippets", file));
        IReadOnlyList<Diagnostic> found = await Gate.Compile(source);
        Assert.AreEqual("", string.Join("\n", found));
    }
}
