using System;
using System.Net;
using System.Net.Sockets;
using Iot.Device.MulticastDns;
using Iot.Device.MulticastDns.Entities;
using Iot.Device.MulticastDns.Enum;
using Iot.Device.MulticastDns.EventArgs;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Journal;

namespace Netboot.Firmware;

/// <summary>
/// The device's name on the LAN by multicast DNS (RFC 6762): <c>netboot.local</c>, by <c>[device] name</c>. Answers questions for the address of
/// that name and nothing else.
/// </summary>
/// <remarks>
/// The library receives and parses in a thread of its own, and that ends at the first exception, such as any packet that it cannot parse (README of
/// this folder: its limits). So it is started again: when it says that it ended, when it was not heard for long, and when the address changed.
/// </remarks>
public sealed class MdnsName : IPolled
{
    /// <summary>RFC 6762 section 10: of records that hold a host's address.</summary>
    private const int TimeToLive = 120;

    private const int ClassInternet = 1;

    /// <summary>Without the bit that asks for an answer to the asker alone (RFC 6762 section 5.4); the library can only answer all.</summary>
    private const int ClassMask = 0x7FFF;

    /// <summary>Pause before it is started again, doubled each time that it does not last: a packet that ends it may come every second.</summary>
    private const int FirstPauseMilliseconds = 1000;

    private const int LongestPauseMilliseconds = 300000;

    /// <summary>One that lasted so long starts again with the first pause.</summary>
    private const int HealthyMilliseconds = 600000;

    /// <summary>
    /// Its thread can end without a word, for want of memory to say it in. On a network that has other mDNS speakers something comes more often than this;
    /// on a quiet one a new start costs nothing.
    /// </summary>
    private const int SilenceMilliseconds = 600000;

    private readonly NetbootDevice _device;
    private readonly INetwork _network;
    private BootRules _rules;
    private string _name;
    private MulticastDnsService _service;
    private int _generation;
    private int _pause = FirstPauseMilliseconds;
    private long _startAt;
    private long _startedAt;
    private bool _told;

    // Set by the library's thread.
    private bool _running;
    private bool _ended;
    private bool _heard;
    private long _heardAt;

    /// <summary>A name for this device on this network.</summary>
    public MdnsName(NetbootDevice device, INetwork network)
    {
        _device = device;
        _network = network;
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "mDNS"; }
    }

    /// <summary>Answers that the network did not take.</summary>
    public int NotSent { get; private set; }

    /// <inheritdoc/>
    public void Poll(long now)
    {
        bool renamed = FollowName();
        if (_service != null)
        {
            Look(now);
        }

        if (_service == null)
        {
            if (_network.Address != null && now >= _startAt)
            {
                Start(now);
            }
        }
        else if (_running)
        {
            // It has joined the group. Once is enough: caches that missed it ask.
            _running = false;
            Announce();
        }
        else if (renamed)
        {
            Announce();
        }
    }

    private bool FollowName()
    {
        BootRules rules = _device.Rules;
        if (rules == _rules)
        {
            return false;
        }

        _rules = rules;
        byte[] bytes = rules.Settings.Name;
        string name = Octets.Text(bytes, 0, bytes.Length).ToLower() + ".local";
        bool renamed = name != _name;
        _name = name;
        return renamed;
    }

    private void Look(long now)
    {
        if (_heard)
        {
            _heard = false;
            _heardAt = now;
        }

        if (_generation != _network.Generation || now - _heardAt > SilenceMilliseconds)
        {
            Stop();
            _startAt = now;
        }
        else if (_ended)
        {
            Stop();
            PauseFrom(now);
        }
    }

    private void Start(long now)
    {
        _ended = false;
        _running = false;
        _heard = false;
        _heardAt = now;
        _startedAt = now;
        _generation = _network.Generation;
        try
        {
            _service = new MulticastDnsService();
            _service.MessageReceived += OnMessage;
            _service.StatusChanged += OnStatus;
            _service.Start();
        }
        catch (Exception)
        {
            // No socket is free, or no memory: the main loop says so; the next attempt comes later and later.
            Stop();
            PauseFrom(now);
            throw;
        }

        if (!_told)
        {
            _told = true;
            _device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "Known as " + _name + " (mDNS)");
        }
    }

    private void Stop()
    {
        MulticastDnsService service = _service;
        _service = null;
        if (service != null)
        {
            // Its thread waits for a packet; it ends when the socket closes under it.
            service.Dispose();
        }
    }

    private void PauseFrom(long now)
    {
        _pause = now - _startedAt > HealthyMilliseconds ? FirstPauseMilliseconds : _pause;
        _startAt = now + _pause;
        _pause = _pause * 2 > LongestPauseMilliseconds ? LongestPauseMilliseconds : _pause * 2;
    }

    private void Announce()
    {
        MulticastDnsService service = _service;
        byte[] address = _network.Address;
        if (service == null || address == null)
        {
            return;
        }

        try
        {
            service.Send(new AddressAnswer(_name, address));
        }
        catch (SocketException)
        {
            // No link, no memory in the stack: lost as any datagram may be, and asked for again. Thrown on, it would end the library's thread.
            NotSent++;
        }
    }

    private void OnMessage(object sender, MessageReceivedEventArgs e)
    {
        if (sender != _service)
        {
            return;
        }

        _heard = true;

        Question[] questions = e.Message.GetQuestions();
        for (int i = 0; i < questions.Length; i++)
        {
            Question question = questions[i];
            if (question.QueryType == DnsResourceType.A && (question.QueryClass & ClassMask) == ClassInternet && question.Domain.ToLower() == _name)
            {
                Announce();
                return;
            }
        }
    }

    private void OnStatus(object sender, MulticastDnsStatusEventArgs e)
    {
        // One that was stopped tells of its end later.
        if (sender != _service)
        {
            return;
        }

        if (e.Status == MulticastDnsStatus.Running)
        {
            _running = true;
        }
        else
        {
            _ended = true;
        }
    }

    /// <summary>The record of the device's address. The library's own response lacks the bit that RFC 6762 section 18.4 demands (AA).</summary>
    private sealed class AddressAnswer : Message
    {
        private const int ResponseAndAuthoritative = 0x8400;

        internal AddressAnswer(string name, byte[] address)
            : base((DnsHeaderFlags)ResponseAndAuthoritative)
        {
            _answers.Add(new ARecord(name, new IPAddress(address), TimeToLive));
        }
    }
}
