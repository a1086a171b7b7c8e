using System.Linq;
using System.Security.Cryptography;
using Netboot.Tool.Mirror.Fill;

namespace Netboot.Tool.Tests.Mirror.Fill;

[TestClass]
public sealed class ChecksumListTests
{
    private static readonly string A = string.Concat(Enumerable.Repeat("a1", 32));
    private static readonly string B = string.Concat(Enumerable.Repeat("b2", 32));
    private static readonly string Long = string.Concat(Enumerable.Repeat("c3", 64));

    [TestMethod]
    [DataRow("@  ./netboot/debian-installer/amd64/linux", "netboot/debian-installer/amd64/linux", DisplayName = "Debian")]
    [DataRow("@ *ubuntu-24.04.3-live-server-amd64.iso", "ubuntu-24.04.3-live-server-amd64.iso", DisplayName = "Ubuntu")]
    [DataRow("SHA256 (a b.iso) = @", "a b.iso", DisplayName = "BSD")]
    [DataRow("[checksums]\nimages/pxeboot/vmlinuz = sha256:@\n[general]\narch = x86_64", "images/pxeboot/vmlinuz",
        DisplayName = ".treeinfo")]
    [DataRow("---\n-\n  title: \"Netboot\"\n  flavor: alpine-netboot\n  file: n-3.24.1-x86_64.tar.gz\n  iso: n\n  sha256: @\n",
        "n-3.24.1-x86_64.tar.gz",
        DisplayName = "latest-releases.yaml")]
    [DataRow("@  windows\r\n", "windows", DisplayName = "Line ends of Windows")]
    public void Each_kind_of_list_is_read(string text, string name)
    {
        (string Name, Checksum Sum)? found = ChecksumList.Parse(text.Replace("@", A)).Find(name);
        Assert.AreEqual((name, new Checksum(HashAlgorithmName.SHA256, A)), found);
    }

    /// <summary>Flatcar's: one list with a section for each algorithm.</summary>
    [TestMethod]
    public void Only_strong_checksums_count()
    {
        string text = $"# MD5 HASH\n{A[..32]}  f\n# SHA1 HASH\n{A[..40]}  f\n# SHA512 HASH\n{Long.ToUpperInvariant()}  f\n";
        Assert.AreEqual(new Checksum(HashAlgorithmName.SHA512, Long), ChecksumList.Parse(text).Find("f")?.Sum);
        Assert.IsNull(ChecksumList.Parse($"{A[..40]}  f\n").Find("f"));
    }

    /// <summary>A checksum without its file's name must not become the one of the file before.</summary>
    [TestMethod]
    public void A_checksum_belongs_to_the_entry_that_it_stands_in()
    {
        ChecksumList list = ChecksumList.Parse($"-\n  file: one\n-\n  flavor: two\n  sha256: {B}\n");
        Assert.IsNull(list.Find("one"));
    }

    [TestMethod]
    [DataRow("n-*-x.iso", "n-24.04.10-x.iso")]
    [DataRow("n-24.04.9-x.iso", "n-24.04.9-x.iso")]
    [DataRow("n-*.tar", null)]
    [DataRow("*-x.iso", "n-24.04.10-x.iso")]
    public void Of_several_files_the_newest_is_taken(string pattern, string? name)
    {
        ChecksumList list = ChecksumList.Parse($"{A}  n-24.04.10-x.iso\n{A}  n-24.04.9-x.iso\n{A}  z/n-99-x.iso\n");
        Assert.AreEqual(name, list.Find(pattern)?.Name);
    }
}
