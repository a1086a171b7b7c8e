using Netboot.Bytes;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

[TestClass]
public class TftpRequestTests
{
    [TestMethod]
    public void Request_of_edk2_is_read_whole()
    {
        byte[] packet = Packets.Read("snponly.efi|octet|tsize|0|blksize|1468|windowsize|4|");
        var request = new TftpRequest();
        Assert.IsNull(request.Parse(packet, packet.Length), "valid");
        Assert.AreEqual("snponly.efi", Octets.Text(packet, request.NameOffset, request.NameLength), "name");
        Assert.IsTrue(request.IsOctet, "octet");
        Assert.IsFalse(request.IsWrite, "read");
        Assert.IsTrue(request.WantsSize, "tsize");
        Assert.AreEqual(1468, request.BlockSize, "blksize");
        Assert.AreEqual(4, request.WindowSize, "windowsize");
        Assert.AreEqual(0, request.Timeout, "timeout was not asked");
    }

    [TestMethod]
    public void Request_without_options_asks_for_nothing()
    {
        TftpRequest request = Packets.Parsed("undionly.kpxe|octet|");
        Assert.AreEqual(0, request.BlockSize, "blksize");
        Assert.AreEqual(0, request.WindowSize, "windowsize");
        Assert.AreEqual(0, request.Timeout, "timeout");
        Assert.IsFalse(request.WantsSize, "tsize");
    }

    [TestMethod]
    public void Mode_and_option_names_may_be_in_any_case()
    {
        TftpRequest request = Packets.Parsed("A|OcTeT|BLKSIZE|1024|TimeOut|3|TSize|0|WindowSize|2|");
        Assert.IsTrue(request.IsOctet, "octet");
        Assert.AreEqual(1024, request.BlockSize, "blksize");
        Assert.AreEqual(3, request.Timeout, "timeout");
        Assert.AreEqual(2, request.WindowSize, "windowsize");
        Assert.IsTrue(request.WantsSize, "tsize");
    }

    [TestMethod]
    public void Netascii_and_mail_are_no_octet()
    {
        Assert.IsFalse(Packets.Parsed("a|netascii|").IsOctet, "netascii");
        Assert.IsFalse(Packets.Parsed("a|mail|").IsOctet, "mail");
        Assert.IsFalse(Packets.Parsed("a|octets|").IsOctet, "octets");
    }

    [DataRow("7", 0)]
    [DataRow("8", 8)]
    [DataRow("65464", 65464)]
    [DataRow("65465", 0)]
    [DataRow("0", 0)]
    [DataRow("-512", 0)]
    [DataRow("512x", 0)]
    [DataRow("", 0)]
    [DataRow("4294967808", 0)]
    [TestMethod]
    public void Block_size_out_of_range_counts_as_not_asked(string value, int expected) =>
        Assert.AreEqual(expected, Packets.Parsed("a|octet|blksize|" + value + "|").BlockSize, value);

    [DataRow("0", 0)]
    [DataRow("1", 1)]
    [DataRow("8", 8)]
    [DataRow("9", 0)]
    [DataRow("255", 0)]
    [DataRow("1.5", 0)]
    [TestMethod]
    public void Timeout_is_1_to_8_seconds(string value, int expected) =>
        Assert.AreEqual(expected, Packets.Parsed("a|octet|timeout|" + value + "|").Timeout, value);

    [DataRow("0", 0)]
    [DataRow("1", 1)]
    [DataRow("65535", 65535)]
    [DataRow("65536", 0)]
    [TestMethod]
    public void Window_is_1_to_65535_blocks(string value, int expected) =>
        Assert.AreEqual(expected, Packets.Parsed("a|octet|windowsize|" + value + "|").WindowSize, value);

    [TestMethod]
    public void First_of_two_options_counts_and_unknown_ones_do_not_disturb()
    {
        TftpRequest request = Packets.Parsed("a|octet|multicast||blksize|1024|blksize|2048|rollover|1|tsize|0|");
        Assert.AreEqual(1024, request.BlockSize, "blksize");
        Assert.IsTrue(request.WantsSize, "tsize");
    }

    [TestMethod]
    public void Request_filled_up_with_NULs_is_read()
    {
        TftpRequest request = Packets.Parsed("a|octet|blksize|1024||||||||");
        Assert.AreEqual(1024, request.BlockSize, "blksize");
    }

    [DataRow("|octet|")]
    [DataRow("")]
    [DataRow("name")]
    [DataRow("name|")]
    [DataRow("name||")]
    [DataRow("name|octet")]
    [DataRow("name|octet|blksize")]
    [DataRow("name|octet|blksize|")]
    [DataRow("name|octet|blksize|512")]
    [TestMethod]
    public void Request_that_ends_too_soon_is_malformed(string fields)
    {
        byte[] packet = Packets.Read(fields);
        var request = new TftpRequest();
        Assert.IsNotNull(request.Parse(packet, packet.Length), fields);
    }

    [TestMethod]
    public void Request_of_512_bytes_is_the_longest()
    {
        var packet = new byte[513];
        byte[] start = Packets.Read("name|octet|x|");
        System.Array.Copy(start, packet, start.Length);
        for (int i = start.Length; i < 511; i++)
        {
            packet[i] = (byte)'v';
        }

        var request = new TftpRequest();
        Assert.IsNull(request.Parse(packet, 512), "512 bytes");
        packet[511] = (byte)'v';
        Assert.IsNotNull(request.Parse(packet, 513), "513 bytes");
    }

    [TestMethod]
    public void Nothing_of_an_earlier_request_remains()
    {
        var request = new TftpRequest();
        byte[] packet = Packets.Read("a|octet|tsize|0|blksize|1468|windowsize|4|timeout|9|");
        request.Parse(packet, packet.Length);
        int fingerprint = request.Fingerprint;
        packet = Packets.Of(TftpPackets.WriteRequest, "b|octet|");
        Assert.IsNull(request.Parse(packet, packet.Length), "valid");
        Assert.IsTrue(request.IsWrite, "write");
        Assert.AreEqual(0, request.BlockSize + request.WindowSize + request.Timeout, "options");
        Assert.IsFalse(request.WantsSize, "tsize");
        Assert.IsTrue(request.Fingerprint != fingerprint, "fingerprint");
    }
}
