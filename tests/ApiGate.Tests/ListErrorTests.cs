using Netboot.ApiGate.Lists;
using Netboot.ApiGate.Metadata;

namespace Netboot.ApiGate.Tests;

/// <summary>A list that makes no sense is refused with its file and line.</summary>
[TestClass]
public sealed class ListErrorTests
{
    private const string Core =
        """
        # assembly mscorlib 1.0.0.0
        public class System.Object
        public abstract class System.ValueType
        public abstract class System.Enum : System.ValueType
        public abstract class System.Delegate
        public abstract class System.MulticastDelegate : System.Delegate
        """;

    [TestMethod]
    [DataRow("public clas A.B", 2)]
    [DataRow("public class A.B\n  public int M(", 3)]
    [DataRow("public class A.B\n  public int M(int)", 3)]
    [DataRow("public class A.B\n  public int M(int a) rest", 3)]
    [DataRow("public class A.B\n  public int P { read; }", 3)]
    [DataRow("public class A.B\n  public int P { }", 3)]
    [DataRow("public class A.B\n  public T M<T>(T a)", 3)]
    [DataRow("public class A.B\n  public const int C = x", 3)]
    [DataRow("public class A.B\n  public const byte C = 256", 3)]
    [DataRow("public class A.B\n  public const string C = \"open", 3)]
    [DataRow("public class A.B\n  public A.Missing F", 3)]
    [DataRow("public class A.B\n  public static A.B operator ?(A.B a, A.B b)", 3)]
    [DataRow("public class A.B\n   public int F", 3)]
    [DataRow("public class A.B\n    public int F", 3)]
    [DataRow("public class A.B\n  public class A.C", 3)]
    [DataRow("public class A.B\npublic class A.B", 3)]
    [DataRow("public class A.B : A.E\npublic enum A.E", 2)]
    [DataRow("public enum A.E\n  One", 3)]
    [DataRow("public enum A.E : byte\n  One = 300", 3)]
    [DataRow("public enum A.E\n  One = 1\npublic class A.B\n  public void M(A.E e = Two)", 5)]
    [DataRow("public delegate void A.D()\n  public int F", 3)]
    [DataRow("public class A.B\n  public void M(int[,] a)", 3)]
    public void Names_file_and_line(string types, int line)
    {
        string[] lines = ("# assembly A 1.0.0.0\n" + types).Split('\n');
        ListException error = Assert.ThrowsExactly<ListException>(
            () => AssemblyWriter.WriteAll([ListReader.Read("mscorlib.txt", Core.Split('\n')), ListReader.Read("A.txt", lines)]));
        Assert.AreEqual(new Place("A.txt", line), error.Place);
        StringAssert.StartsWith(error.Diagnostic, $"A.txt({line}): error NB900: ");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("public class A.B")]
    [DataRow("# assembly A")]
    [DataRow("# assembly A one")]
    [DataRow("# assembly A 1.0.0.0")]
    public void Refuses_a_file_that_is_no_list(string text)
    {
        ListException error = Assert.ThrowsExactly<ListException>(() => ListReader.Read("A.txt", text.Split('\n')));
        Assert.AreEqual(new Place("A.txt", 1), error.Place);
    }

    [TestMethod]
    public void Refuses_a_folder_without_lists() => Assert.ThrowsExactly<ListException>(() => ListReader.ReadFolder("/no/such/folder"));
}
