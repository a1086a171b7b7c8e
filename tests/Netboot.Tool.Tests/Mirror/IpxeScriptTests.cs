using System;
using System.Linq;
using Netboot.Tool.Mirror.Check;

namespace Netboot.Tool.Tests.Mirror;

[TestClass]
public sealed class IpxeScriptTests
{
    /// <summary>Rules of iPXE's core/exec.c, image/script.c and core/uri.c.</summary>
    [TestMethod]
    [DataRow("kernel vmlinuz quiet", "1 Kernel http://m/x/vmlinuz")]
    [DataRow("kernel --name k --timeout 500 /vmlinuz", "1 Kernel http://m/vmlinuz")]
    [DataRow("isset ${x} && chain a.ipxe || chain b.ipxe", "1 Script http://m/x/a.ipxe\n1 Script http://m/x/b.ipxe")]
    [DataRow(":there initrd i.gz", "1 Initrd http://m/x/i.gz")]
    [DataRow("echo kernel no #kernel no\n# kernel no", "")]
    [DataRow("kernel \\\nvmlinuz", "1 Kernel http://m/x/vmlinuz")]
    [DataRow("set base http://o/\nkernel ${base}vmlinuz\r\ninitrd ${BASE}i", "2 Kernel http://o/vmlinuz\n3 Initrd http://o/i")]
    [DataRow("set a:string x\nset b ${a}y\nkernel ${b}", "3 Kernel http://m/x/xy")]
    [DataRow("set a 1\ngoto c\n:b\nset a 2\nkernel k${a}\n:c\nkernel k${a}", "5 Kernel http://m/x/k2\n7 Kernel ?")]
    [DataRow("kernel ${mac}/vmlinuz", "1 Kernel ?")]
    [DataRow("imgfetch ${nb-to}&stage=x", "")]
    [DataRow("boot kernel", "")]
    [DataRow("boot http://o/s.ipxe", "1 Script http://o/s.ipxe")]
    [DataRow("kernel", "")]
    [DataRow("initrd -- i", "1 Initrd http://m/x/i")]
    public void Lines_that_fetch_are_found(string script, string expected) => Assert.AreEqual(
        expected,
        string.Join('\n', IpxeScript.Fetches(script, new Uri("http://m/x/boot.ipxe"))
            .Select(fetch => $"{fetch.Line} {fetch.Use} {fetch.Url?.ToString() ?? "?"}")));
}
