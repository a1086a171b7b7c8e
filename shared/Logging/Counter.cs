namespace Netboot.Logging;

/// <summary>
/// What the device counts: each has its place in <see cref="Log.Counts"/>. The first <see cref="Shown"/> are in status, API and metrics, in
/// this order and by the names below; a new one is a row here and a name there. Each is counted by one thread, or under a
/// lock, and may be read by all.
/// </summary>
public static class Counter
{
    /// <summary>DHCP: datagrams received on both ports.</summary>
    public const int DhcpReceived = 0;

    /// <summary>DHCP: offers and ACKs sent from port 67.</summary>
    public const int DhcpOffers = DhcpReceived + 1;

    /// <summary>DHCP: answers sent from port 4011.</summary>
    public const int DhcpAnswers = DhcpOffers + 1;

    /// <summary>
    /// DHCP: requests of netboot clients that got no answer: by rule, for want of a loader, or because the answer would have been too long
    /// or would have left the networks that are served.
    /// </summary>
    public const int DhcpRefused = DhcpAnswers + 1;

    /// <summary>DHCP: packets that are no valid request.</summary>
    public const int DhcpMalformed = DhcpRefused + 1;

    /// <summary>DHCP: answers that the network did not take (no link, no buffer): to the client like a lost packet.</summary>
    public const int DhcpUnsent = DhcpMalformed + 1;

    /// <summary>TFTP: valid requests received.</summary>
    public const int TftpRequests = DhcpUnsent + 1;

    /// <summary>TFTP: transfers under way now.</summary>
    public const int TftpRunning = TftpRequests + 1;

    /// <summary>TFTP: transfers whose last block was acknowledged.</summary>
    public const int TftpCompleted = TftpRunning + 1;

    /// <summary>TFTP: transfers that ended early. A client that only asked for the size does not count.</summary>
    public const int TftpFailed = TftpCompleted + 1;

    /// <summary>TFTP: requests not served: writes, other modes than octet, no free place.</summary>
    public const int TftpRefused = TftpFailed + 1;

    /// <summary>TFTP: packets that are no TFTP.</summary>
    public const int TftpMalformed = TftpRefused + 1;

    /// <summary>TFTP: DATA packets sent, those sent again included.</summary>
    public const int TftpBlocks = TftpMalformed + 1;

    /// <summary>TFTP: packets sent again.</summary>
    public const int TftpRepeated = TftpBlocks + 1;

    /// <summary>HTTP: connections accepted.</summary>
    public const int HttpConnections = TftpRepeated + 1;

    /// <summary>HTTP: complete requests that went to the handler.</summary>
    public const int HttpRequests = HttpConnections + 1;

    /// <summary>HTTP: requests that were refused without asking the handler, for what they were or for want of room.</summary>
    public const int HttpBad = HttpRequests + 1;

    /// <summary>HTTP: connections closed to make room for others.</summary>
    public const int HttpEvicted = HttpBad + 1;

    /// <summary>HTTP: connections whose time was up.</summary>
    public const int HttpLate = HttpEvicted + 1;

    /// <summary>HTTP: exceptions survived.</summary>
    public const int HttpFaults = HttpLate + 1;

    /// <summary>Syslog: datagrams received.</summary>
    public const int SyslogReceived = HttpFaults + 1;

    /// <summary>
    /// Syslog: lines not looked at: from outside the networks that are served, or too many from one source or all together.
    /// </summary>
    public const int SyslogDropped = SyslogReceived + 1;

    /// <summary>Syslog: datagrams that are no syslog.</summary>
    public const int SyslogMalformed = SyslogDropped + 1;

    /// <summary>Syslog: lines of the log sent.</summary>
    public const int SyslogSent = SyslogMalformed + 1;

    /// <summary>Syslog: lines of the log that could not be sent.</summary>
    public const int SyslogUnsent = SyslogSent + 1;

    /// <summary>mDNS: datagrams sent.</summary>
    public const int MdnsSent = SyslogUnsent + 1;

    /// <summary>mDNS: datagrams that the network did not take, or that would have been too many.</summary>
    public const int MdnsUnsent = MdnsSent + 1;

    /// <summary>Lines that the log left out, for their source or their kind had too many: see <see cref="LineLimit"/>.</summary>
    public const int LinesLeftOut = MdnsUnsent + 1;

    /// <summary>Machines that gave up their place in the journal to others.</summary>
    public const int MachinesForgotten = LinesLeftOut + 1;

    /// <summary>Faults that a loop survived; status and metrics show them apart from the services.</summary>
    public const int LoopFaults = MachinesForgotten + 1;

    /// <summary>TFTP: requests for files that do not exist. Not shown.</summary>
    public const int TftpMissing = LoopFaults + 1;

    /// <summary>TFTP: requests from outside the subnet, dropped. Not shown.</summary>
    public const int TftpOutside = TftpMissing + 1;

    /// <summary>TFTP: packets that belong to no transfer. Not shown.</summary>
    public const int TftpStrays = TftpOutside + 1;

    /// <summary>Whatever nobody asks for: datagrams of mDNS and of the set-up network, received or malformed. Not shown.</summary>
    public const int Unshown = TftpStrays + 1;

    /// <summary>The set-up network: answers that the network did not take. Not shown.</summary>
    public const int SetupUnsent = Unshown + 1;

    /// <summary>How many are shown: the first ones.</summary>
    public const int Shown = LoopFaults;

    /// <summary>How many there are.</summary>
    public const int Count = SetupUnsent + 1;

    /// <summary>Whether it can go down again.</summary>
    public static bool IsGauge(int counter) => counter == TftpRunning;

    /// <summary>The service whose counters begin with this one, in lower case; null for the others.</summary>
    public static string ServiceFrom(int counter)
    {
        switch (counter)
        {
            case DhcpReceived: return "dhcp";
            case TftpRequests: return "tftp";
            case HttpConnections: return "http";
            case SyslogReceived: return "syslog";
            case MdnsSent: return "mdns";
            case LinesLeftOut: return "journal";
            default: return null;
        }
    }

    /// <summary>What a counter that is shown counts of its service, in lower case.</summary>
    public static string NameOf(int counter)
    {
        switch (counter)
        {
            case DhcpReceived: return "received";
            case DhcpOffers: return "offers";
            case DhcpAnswers: return "answers";
            case DhcpRefused: return "refused";
            case DhcpMalformed: return "malformed";
            case DhcpUnsent: return "unsent";
            case TftpRequests: return "requests";
            case TftpRunning: return "running";
            case TftpCompleted: return "completed";
            case TftpFailed: return "failed";
            case TftpRefused: return "refused";
            case TftpMalformed: return "malformed";
            case TftpBlocks: return "blocks";
            case TftpRepeated: return "repeated";
            case HttpConnections: return "connections";
            case HttpRequests: return "requests";
            case HttpBad: return "bad";
            case HttpEvicted: return "evicted";
            case HttpLate: return "late";
            case HttpFaults: return "faults";
            case SyslogReceived: return "received";
            case SyslogDropped: return "dropped";
            case SyslogMalformed: return "malformed";
            case SyslogSent: return "sent";
            case SyslogUnsent: return "unsent";
            case MdnsSent: return "sent";
            case MdnsUnsent: return "unsent";
            case LinesLeftOut: return "lines_left_out";
            case MachinesForgotten: return "machines_forgotten";
            default: return null;
        }
    }
}
