using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Netboot.ApiGate.Analyzers;
using Netboot.ApiGate.Lists;
using Netboot.ApiGate.Metadata;

namespace Netboot.ApiGate.Tests;

/// <summary>The gate inside this process: the same references, analyzers and options as the device's projects have.</summary>
internal static class Gate
{
    public static readonly IReadOnlyDictionary<string,
        byte[]> Assemblies = AssemblyWriter.WriteAll(ListReader.ReadFolder(Repository.Lists));

    public static readonly ImmutableArray<MetadataReference> References =
        [.. Assemblies.Values.Select(image => MetadataReference.CreateFromImage(image))];

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
        [new KeywordAnalyzer(), new GenericsAnalyzer(), new InterfaceAnalyzer(), new TextAnalyzer()];

    /// <summary>Compiles a source and gives every error and warning, the gate's and the compiler's.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Compile(string source, bool checkOverflow = false)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            source, new CSharpParseOptions(LanguageVersion.CSharp12, preprocessorSymbols: ["NANOFRAMEWORK_1_0"]), "Snippet.cs");
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, checkOverflow: checkOverflow, deterministic: true);
        var compilation = CSharpCompilation.Create("Snippet", [tree], References, options);
        IEnumerable<Diagnostic> gate = await compilation.WithAnalyzers(s_analyzers).GetAnalyzerDiagnosticsAsync();

        // Some of what the framework lacks shows only when code is made.
        IEnumerable<Diagnostic> compiler = compilation.Emit(Stream.Null).Diagnostics;
        return [.. gate.Concat(compiler).Where(found => found.Severity >= DiagnosticSeverity.Warning)];
    }
}
