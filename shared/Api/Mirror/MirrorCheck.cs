using System;
using System.Threading;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;

namespace Netboot.Api;

/// <summary>
/// Fetches a file of the mirror as the board itself can, measures, and says in plain words what is wrong with it. One check at a time, on a
/// thread that lives as long as the check; it keeps nothing of the file. What a board can read at most was never measured on one: a mirror
/// is at least as fast as this says. A name in the address is looked up by the platform, which stops every thread meanwhile.
/// </summary>
public sealed partial class MirrorCheck
{
    private readonly DeviceApi _device;
    private readonly object _lock = new object();
    private string _url;
    private string _text;
    private Fetch _fetch;

    /// <summary>A check for <paramref name="device"/>: its settings say what is fetched when no address is given.</summary>
    public MirrorCheck(DeviceApi device)
    {
        _device = device;
    }

    /// <summary>How it stands.</summary>
    public MirrorCheckState State { get; private set; }

    /// <summary>How many were started: tells whose result it is.</summary>
    public int Runs { get; private set; }

    /// <summary>Whether the file can be had, fast or slowly.</summary>
    public bool Ok { get; private set; }

    /// <summary>HTTP status, 0 without an answer.</summary>
    public int Status { get; private set; }

    /// <summary>Bytes read.</summary>
    public int Bytes { get; private set; }

    /// <summary>The file's size as the mirror says it, -1 when it does not.</summary>
    public long Length { get; private set; }

    /// <summary>How long it took until the mirror answered, in milliseconds.</summary>
    public int AnswerMilliseconds { get; private set; }

    /// <summary>How long all of it took, in milliseconds.</summary>
    public int Milliseconds { get; private set; }

    /// <summary>How fast the body came, 0 when none did.</summary>
    public int BytesPerSecond { get; private set; }

    /// <summary>Whether the body is an iPXE script: it begins with <c>#!ipxe</c>.</summary>
    public bool Script { get; private set; }

    /// <summary>What a person is told, null before the end.</summary>
    public string Text => _text;

    /// <summary>
    /// Starts to fetch <paramref name="url"/>: absolute, or relative to the mirror; null or empty takes what a machine without a rule would
    /// fetch. False while another check runs. What cannot be fetched at all is told at once: then the check is done.
    /// </summary>
    public bool Start(string url, long now)
    {
        lock (_lock)
        {
            if (State == MirrorCheckState.Running)
            {
                return false;
            }

            Clear();
            Runs++;
            _started = now;
            _text = MirrorTarget.Find(url, _device.Rules.Settings, out _url);
            State = _text == null ? MirrorCheckState.Running : MirrorCheckState.Done;
            if (State == MirrorCheckState.Running)
            {
                try
                {
                    new Thread(Run).Start();
                }
                catch (Exception e)
                {
                    // No memory for a thread: the next check may have it. First of all this one is over, for its text takes memory too.
                    State = MirrorCheckState.Done;
                    _text = "the device could not start the check: " + e.Message;
                }
            }

            return true;
        }
    }

    /// <summary>Ends a check whose mirror has gone quiet; the device's tick calls it.</summary>
    public void Tick(long now)
    {
        Fetch fetch = _fetch;
        if (fetch != null)
        {
            fetch.Watch(now);
        }
    }

    /// <summary>Ends a check that is under way.</summary>
    public void Close()
    {
        Fetch fetch = _fetch;
        if (fetch != null)
        {
            fetch.Close();
        }
    }

    /// <summary>Writes it as <c>GET /api/mirror</c> answers: see Web/README.md.</summary>
    public void Write(JsonWriter json)
    {
        lock (_lock)
        {
            json.Begin('{').Name("state");
            json.Word(State == MirrorCheckState.Idle ? "idle" : State == MirrorCheckState.Running ? "running" : "done");
            json.Name("url").Value(_url).Name("ok").Value(Ok).Name("status").Value(Status).Name("bytes").Value(Bytes);
            json.Name("milliseconds").Value(Milliseconds).Name("bytesPerSecond").Value(BytesPerSecond);
            json.Name("script").Value(Script).Name("text").Value(_text).End('}');
        }
    }

    private void Clear()
    {
        Ok = false;
        Status = 0;
        Bytes = 0;
        Length = -1;
        AnswerMilliseconds = 0;
        Milliseconds = 0;
        BytesPerSecond = 0;
        Script = false;
        _reading = false;
        _fault = null;
    }

    // The last thing that the thread does.
    private void Conclude()
    {
        long now = DeviceClock.Now;
        var text = new ByteWriter(128, Log.TextCapacity * 2);
        lock (_lock)
        {
            Milliseconds = (int)(now - _started);
            int reading = _reading ? (int)(now - _answered) : 0;
            BytesPerSecond = (int)(Bytes * 1000L / (reading < 1 ? 1 : reading));
            if (_fault != null)
            {
                text.Text(_fault);
            }
            else
            {
                Ok = MirrorVerdict.Write(text, this, _fetch, _url, reading);
                text.Text(Ok ? "" : MirrorVerdict.Advice(_url, _device.Rules.Settings));
            }

            _text = text.ToString();
        }

        byte[] line = Octets.Of(_url + ": " + _text);
        _device.Log.Add(Subsystem.Mirror, LogEvent.Note, null, 0, 0, 0, 0, line, 0, line.Length);
    }
}
