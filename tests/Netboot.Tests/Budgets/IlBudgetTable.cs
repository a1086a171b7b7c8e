using System.Collections.Generic;

namespace Netboot.Tests.Budgets;

/// <summary>What each operation of tests/IlOperations may cost, in IL instructions.</summary>
internal static class IlBudgetTable
{
    /// <summary>A machine that is heard first: a hundred a second then take half of a board (DESIGN 2 allows 4,000).</summary>
    private const int NewMachine = 2_500;

    /// <summary>
    /// Around the calls of a socket that is not there: asking for a datagram, taking it, choosing where the answer goes, sending it. The
    /// instructions of <c>DatagramService.Drain</c> and <c>Send</c>, <c>Datagram.Receive</c>, <c>DhcpService.Take</c> and <c>EndOf</c>
    /// along the way of a packet that is answered.
    /// </summary>
    private const int AroundSocket = 150;

    /// <summary>A DHCP request that is answered.</summary>
    private const int DhcpRequest = NewMachine - AroundSocket;

    /// <summary>A packet that is looked at and passed over.</summary>
    private const int PassedOver = 1_500;

    /// <summary>DESIGN 2: a block in 1.2 ms, 1.2 MB a second.</summary>
    private const int TftpBlock = 600;

    /// <summary>The page or JSON, DESIGN 2: an answer in 120 ms.</summary>
    private const int Answer = 60_000;

    /// <summary>A line from or to syslog: a booting system sends some tens a second.</summary>
    private const int SyslogLine = 20_000;

    private const int ChunksOfLoader = 1_005;
    private const int HttpChunk = 250;

    public static readonly BudgetTable All = new(
        new Dictionary<string, int>
        {
            ["whole way of a boot server request (4011), UEFI x64"] = DhcpRequest,
            ["whole way of a DISCOVER, BIOS"] = DhcpRequest,
            ["whole way of a DISCOVER, UEFI HTTP"] = DhcpRequest,
            ["whole way of a DISCOVER, iPXE"] = DhcpRequest,
            ["whole way of a DISCOVER, iPXE of a machine not heard before"] = NewMachine,
            ["whole way of a DISCOVER, UEFI x64"] = DhcpRequest,
            ["whole way of a DISCOVER with no loader for it"] = DhcpRequest,
            ["DISCOVER of a machine that does not netboot"] = 1_000,
            ["script, kernel and initrd"] = 8_000,
            ["script, menu of 16 items"] = 20_000,
            ["HTTP: loader of 1,005 chunks"] = ChunksOfLoader * HttpChunk,
            ["log as JSON, 16 lines"] = Answer,
            ["machines as JSON, as many as one answer holds"] = Answer,
            ["mDNS: somebody's probe passed over"] = PassedOver,
            ["mDNS: a question for services passed over"] = PassedOver,
            ["mDNS: a question for our name"] = PassedOver,
            ["metrics, 20 machines"] = Answer,
            ["the page"] = Answer,
            ["profiles as JSON, 16 with 64 machines"] = Answer,
            ["settings of 64 machines and 16 profiles read"] = 650_000,
            ["script request, kernel and initrd"] = 18_000,
            ["a second at rest, 64 machines"] = Answer,
            ["status as JSON"] = Answer,
            ["status as text, with 19 log lines"] = Answer,
            ["syslog: a line made to be sent"] = SyslogLine,
            ["syslog: a line read"] = SyslogLine,
            ["TFTP block"] = TftpBlock,
            ["TFTP block, eight transfers"] = TftpBlock,
            ["TFTP look at eight transfers"] = 2 * TftpBlock,
            ["TFTP window of 4 blocks"] = 4 * TftpBlock,
            ["TFTP request while others hold every place"] = 7_000,
            ["boot decision, 64 machines, none matches"] = 1_200,
            ["settings of 64 machines and 16 profiles written"] = 250_000,
        },
        new Dictionary<string, string>
        {
            ["whole way of a boot server request (4011), UEFI x64"] = AllOfAnOffer,
            ["whole way of a DISCOVER, BIOS"] = AllOfAnOffer,
            ["whole way of a DISCOVER, UEFI HTTP"] = AllOfAnOffer,
            ["whole way of a DISCOVER, UEFI x64"] = AllOfAnOffer,
            ["whole way of a DISCOVER, iPXE"] = AllOfAnOffer,
            ["whole way of a DISCOVER, iPXE of a machine not heard before"] = AllOfAnOffer,
            ["machines as JSON, as many as one answer holds"] = "as many machines as fit: the answer is filled up to a number of bytes",
            ["script request, kernel and initrd"] = "its head is read byte by byte, and DESIGN's 15,000 did not count the journal",
            ["script, menu of 16 items"] = "as many items as there may be",
            ["settings of 64 machines and 16 profiles read"] = "every character is looked at, and the words of twelve keys of a profile",
        });

    private const string AllOfAnOffer = "its budget was set on what was left once all that could go had gone (40 % less than DESIGN's 4,000)";
}
