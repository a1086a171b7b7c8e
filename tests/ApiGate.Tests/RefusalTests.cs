using Microsoft.CodeAnalysis;

namespace Netboot.ApiGate.Tests;

/// <summary>What the device cannot do fails here, at the line that asks for it.</summary>
[TestClass]
public sealed class RefusalTests
{
    private const int SnippetLine = 9;

    [TestMethod]

    // What the framework lacks: the compiler's own errors.
    [DataRow("CS0246", "public List<int> Numbers;")]
    [DataRow("CS0246", "public Span<byte> Bytes => default;")]
    [DataRow("CS0117", "public string M(string[] a) => string.Join(\",\", a);")]
    [DataRow("CS0117", "public void M() { Socket.Select(null, null, null, 0); }")]
    [DataRow("CS1061", "public string M(string s) => s.Replace(\"a\", \"b\");")]
    [DataRow("CS0117", "public void M(int[] a) { Array.Sort(a); }")]
    [DataRow("CS0246", "public Task M() => null;")]
    [DataRow("CS0103", "public void M() { ThreadPool.QueueUserWorkItem(null); }")]
    [DataRow("CS0619|CS0612", "public void M(NetworkInterface n) { n.EnableAutomaticDns(); }")]
    [DataRow("CS1503", "public void M() { new StreamReader(\"file\"); }")]

    [DataRow("CS0518", "public virtual void M(in int a) { }")]

    // What compiles or nearly does: the gate's rules.
    [DataRow("NB001", "public class Box<T> { }")]
    [DataRow("NB001", "public delegate T Make<T>();")]
    [DataRow("NB002", "public T M<T>(T t) => t;")]
    [DataRow("NB002", "public void M() { void Inner<T>(T t) { } }")]
    [DataRow("NB003", "public Action<int> Done;")]
    [DataRow("NB003", "public Func<int> Done;")]
    [DataRow("NB003", "public event EventHandler<EventArgs> Done;")]
    [DataRow("NB003", "public void M() { var f = (int x) => { }; }")]
    [DataRow("NB003", "public void M() { var f = () => 1; }")]
    [DataRow("NB003", "public object M() => typeof(Func<int>);")]
    [DataRow("NB004", "public int? Maybe;")]
    [DataRow("NB004", "public void M(string s) { if (s?.Length > 1) { } }")]
    [DataRow("NB005", "public int[,] Grid;")]
    [DataRow("NB005", "public void M() { var grid = new[,] { { 1 } }; }")]
    [DataRow("NB006", "public interface IThing { void M() { } }")]
    [DataRow("NB006", "public interface IThing { int P => 1; }")]
    [DataRow("NB006", "public interface IThing { static void M() { } }")]
    [DataRow("NB007", "public unsafe void M(int* p) { }")]
    [DataRow("NB007", "public void M() { unsafe { int* p = stackalloc int[4]; } }")]
    [DataRow("NB007", "public unsafe struct Packet { public fixed byte Data[4]; }")]
    [DataRow("NB008", "public int M(int a) => checked(a + 1);")]
    [DataRow("NB008", "public void M(int a) { checked { a++; } }")]
    [DataRow("NB009", "public string M(DayOfWeek d) => d.ToString();")]
    [DataRow("NB009", "public string M(Enum e) => e.ToString();")]
    [DataRow("NB009", "public string M(DayOfWeek d) => $\"{d}\";")]
    [DataRow("NB009", "public string M(DayOfWeek d) => \"on \" + d;")]
    [DataRow("NB009", "public string M(DayOfWeek d, string s) { s += d; return s; }")]
    [DataRow("NB009", "public string M(DayOfWeek d) => string.Format(\"{0}\", d);")]
    [DataRow("NB009", "public void M(DayOfWeek d, StringBuilder b) { b.Append(d); }")]
    [DataRow("NB010", "public char M(string s, int i) => s[i];")]
    [DataRow("NB011", "public string M() => \"a\\0b\";")]
    [DataRow("NB011", "public string M(int i) => $\"a\\0{i}\";")]
    [DataRow("NB011", "public string M(string s) => s + '\\0';")]
    [DataRow("NB011", "public string M() => new string('\\0', 3);")]
    [DataRow("NB011", "public const string Name = \"\\u0000\";")]
    [DataRow("NB012", "public IEnumerable M() { yield return 1; }")]
    [DataRow("NB013", "public async void M() { }")]
    [DataRow("NB014", "public (int, int) M() => (1, 2);")]
    [DataRow("NB014", "public void M(int a, int b) { (a, b) = (b, a); }")]
    [DataRow("NB015", "public record Person(string Name);")]
    [DataRow("NB015", "public record struct Point(int X);")]
    [DataRow("NB016", "public int M(int[] a) => a[^1];")]
    [DataRow("NB016", "public int[] M(int[] a) => a[1..2];")]
    [DataRow("NB017", "public object M() => new { A = 1 };")]
    [DataRow("NB018", "public object M(int[] a) => from x in a select x;")]
    [DataRow("NB019", "public decimal Price;")]
    [DataRow("NB019", "public volatile int Count;")]
    [DataRow("NB019", "public dynamic Anything;")]
    [DataRow("NB020", "public object M() { var u = \"a\"u8; return null; }")]
    public async Task IsRefusedAtItsLine(string rules, string member)
    {
        string[] wanted = rules.Split('|');
        IReadOnlyList<Diagnostic> found = await Gate.Compile(InClass(member));
        Diagnostic? hit = found.FirstOrDefault(diagnostic => wanted.Contains(diagnostic.Id));
        Assert.IsNotNull(hit, $"{rules} expected, but found: {string.Join("\n", found)}");
        FileLinePositionSpan place = hit.Location.GetLineSpan();
        Assert.AreEqual("Snippet.cs", place.Path);
        Assert.AreEqual(SnippetLine, place.StartLinePosition.Line + 1);
        if (hit.Id.StartsWith("NB", StringComparison.Ordinal))
        {
            Assert.AreEqual(DiagnosticSeverity.Error, hit.Severity);
        }
    }

    [TestMethod]
    public async Task Compiler_option_checked_is_refused()
    {
        IReadOnlyList<Diagnostic> found = await Gate.Compile(InClass("public int A;"), checkOverflow: true);
        Assert.IsTrue(found.Any(diagnostic => diagnostic.Id == "NB008"), string.Join("\n", found));
    }

    [TestMethod]
    public async Task A_rule_cannot_be_switched_off_in_source()
    {
        IReadOnlyList<Diagnostic> found = await Gate.Compile("#pragma warning disable NB005\nclass C { int[,] _grid = null; }");
        Assert.IsTrue(found.Any(diagnostic => diagnostic.Id == "NB005" && !diagnostic.IsSuppressed), string.Join("\n", found));
    }

    private static string InClass(string member) =>
        $$"""
        using System;
        using System.Collections;
        using System.IO;
        using System.Net.NetworkInformation;
        using System.Net.Sockets;
        using System.Text;
        using System.Threading;
        public class Snippet {
        {{member}}
        }
        """;
}
