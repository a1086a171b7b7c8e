using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Tool.Mirror.Fill;

namespace Netboot.Tool.Tests.Mirror.Fill;

[TestClass]
public sealed class FolderSumsTests
{
    private readonly TestFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void Remove() => _folder.Dispose();

    /// <summary>coreutils is the judge, of names too that need its escapes.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task The_list_is_what_coreutils_checks()
    {
        FolderSums sums = FolderSums.Read(_folder.Path);
        foreach (string name in (string[])["a", "with space/ü", "back\\slash", "line\nbreak"])
        {
            sums.Set(name, await FolderSums.HashAsync(_folder.Write(name, [1, 2]), TestContext.CancellationToken));
        }

        sums.Write(Path.Combine(_folder.Path, FolderSums.FileName));
        Assert.AreEqual(0, await CheckAsync());
        Assert.IsNotNull(FolderSums.Read(_folder.Path).Of("line\nbreak"));
        Assert.IsNotNull(FolderSums.Read(_folder.Path).Of("back\\slash"));
        _folder.Write("a", [9]);
        Assert.AreEqual(1, await CheckAsync());
    }

    [TestMethod]
    public void Lines_of_others_stay_as_they_are()
    {
        string a = new('a', 64), b = new('b', 64), c = new('c', 64);
        File.WriteAllText(Path.Combine(_folder.Path, FolderSums.FileName), $"# mine\n{a}  ./x/one\n{b} *x/two\n{a}  xy\n");
        FolderSums sums = FolderSums.Read(_folder.Path);
        Assert.AreEqual(a, sums.Of("x/one"));
        sums.Set("x/two", c);
        sums.Set("new", b);
        sums.Write(Path.Combine(_folder.Path, "made"));
        Assert.AreEqual($"# mine\n{a}  ./x/one\n{c} *x/two\n{a}  xy\n{b} *new\n", File.ReadAllText(Path.Combine(_folder.Path, "made")));
        sums.Forget("x");
        sums.Write(Path.Combine(_folder.Path, "made"));
        Assert.AreEqual($"# mine\n{a}  xy\n{b} *new\n", File.ReadAllText(Path.Combine(_folder.Path, "made")));
    }

    private async Task<int> CheckAsync()
    {
        var info = new ProcessStartInfo("sha256sum", ["--check", "--strict", "--quiet", FolderSums.FileName])
        {
            WorkingDirectory = _folder.Path, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        using Process process = Process.Start(info)!;
        await process.WaitForExitAsync(TestContext.CancellationToken);
        return process.ExitCode;
    }
}
