using Netboot.Dhcp;
using Netboot.Dns;
using Netboot.Http;
using Netboot.Logging;
using Netboot.Syslog;
using Netboot.Tftp;

namespace Netboot.Api;

/// <summary>
/// One number that a service counts; the table of all of them, for status, API and metrics alike. One object can be filled again and again.
/// </summary>
internal sealed class Counter
{
    private const int Dhcp = 0;
    private const int Tftp = Dhcp + 6;
    private const int Http = Tftp + 8;
    private const int Syslog = Http + 6;
    private const int Mdns = Syslog + 5;
    private const int Journal = Mdns + 2;
    private const int Count = Journal + 2;

    /// <summary>The service, in lower case.</summary>
    internal string Service { get; private set; }

    /// <summary>What is counted: one word in lower case.</summary>
    internal string Name { get; private set; }

    /// <summary>The number.</summary>
    internal int Value { get; private set; }

    /// <summary>Whether it can go down again.</summary>
    internal bool IsGauge { get; private set; }

    /// <summary>Whether it is the first of its service.</summary>
    internal bool IsFirst { get; private set; }

    /// <summary>Takes number <paramref name="index"/>; false when there are no more.</summary>
    internal bool Read(DeviceApi device, int index)
    {
        IsGauge = false;
        IsFirst = index == Dhcp || index == Tftp || index == Http || index == Syslog || index == Mdns || index == Journal;
        if (index < Tftp)
        {
            ReadDhcp(device.Dhcp, index - Dhcp);
        }
        else if (index < Http)
        {
            ReadTftp(device.Tftp.Server, index - Tftp);
        }
        else if (index < Syslog)
        {
            ReadHttp(device.Http.Counters, index - Http);
        }
        else if (index < Mdns)
        {
            ReadSyslog(device.Syslog, index - Syslog);
        }
        else if (index < Journal)
        {
            ReadMdns(device.Mdns, index - Mdns);
        }
        else if (index < Count)
        {
            ReadJournal(device, index - Journal);
        }

        return index < Count;
    }

    private void ReadDhcp(DhcpService dhcp, int index)
    {
        Service = "dhcp";
        switch (index)
        {
            case 0: Set("received", dhcp.Received); break;
            case 1: Set("offers", dhcp.Offers); break;
            case 2: Set("answers", dhcp.BootServerAnswers); break;
            case 3: Set("refused", dhcp.Refused); break;
            case 4: Set("malformed", dhcp.Malformed); break;
            default: Set("unsent", dhcp.SendErrors); break;
        }
    }

    private void ReadTftp(TftpServer tftp, int index)
    {
        Service = "tftp";
        switch (index)
        {
            case 0: Set("requests", tftp.Requests); break;
            case 1:
                Set("running", tftp.Running);
                IsGauge = true;
                break;
            case 2: Set("completed", tftp.Completed); break;
            case 3: Set("failed", tftp.Failed); break;
            case 4: Set("refused", tftp.Refused); break;
            case 5: Set("malformed", tftp.MalformedPackets); break;
            case 6: Set("blocks", tftp.BlocksSent); break;
            default: Set("repeated", tftp.Retransmits); break;
        }
    }

    private void ReadHttp(HttpCounters http, int index)
    {
        Service = "http";
        switch (index)
        {
            case 0: Set("connections", http.Accepted); break;
            case 1: Set("requests", http.Requests); break;
            case 2: Set("bad", http.BadRequests); break;
            case 3: Set("evicted", http.Evicted); break;
            case 4: Set("late", http.TimedOut); break;
            default: Set("faults", http.Faults); break;
        }
    }

    private void ReadSyslog(SyslogService syslog, int index)
    {
        Service = "syslog";
        switch (index)
        {
            case 0: Set("received", syslog.Received); break;
            case 1: Set("dropped", syslog.Dropped); break;
            case 2: Set("malformed", syslog.Malformed); break;
            case 3: Set("sent", syslog.Sent); break;
            default: Set("unsent", syslog.NotSent); break;
        }
    }

    private void ReadMdns(MdnsService mdns, int index)
    {
        Service = "mdns";
        switch (index)
        {
            case 0: Set("sent", mdns.Sent); break;
            default: Set("unsent", mdns.NotSent); break;
        }
    }

    private void ReadJournal(DeviceApi device, int index)
    {
        Service = "journal";
        switch (index)
        {
            case 0: Set("lines_left_out", device.Log.LeftOut); break;
            default: Set("machines_forgotten", device.Journal.GaveWay); break;
        }
    }

    private void Set(string name, int value)
    {
        Name = name;
        Value = value;
    }
}
