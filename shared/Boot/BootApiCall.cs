using System;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>One question to a boot API, on a thread of its own: <c>GET …/v1/boot/52:54:00:12:34:56</c>.</summary>
public sealed class BootApiCall
{
    /// <summary>
    /// Octets of an answer: the longest script with every character escaped, and some. What comes behind it is not waited for.
    /// </summary>
    private const int MostBytes = 32 * 1024;

    /// <summary>Octets read at once.</summary>
    private const int PieceSize = 256;

    /// <summary>Longest time between the head of the answer and its end: a machine waits, and asks again by itself.</summary>
    private const int ReadMilliseconds = 10000;

    private const int Ok = 200;

    private readonly BootApi _owner;
    private readonly Profile _asking;
    private readonly byte[] _mirror;
    private readonly string _url;
    private Fetch _fetch;

    internal BootApiCall(BootApi owner, Profile asking, byte[] mac, byte[] mirror)
    {
        _owner = owner;
        _asking = asking;
        _mirror = mirror;
        var url = new ByteWriter(64, SettingsLimits.FolderUrl + 40);
        asking.Write(SettingsKey.ProfileApi, 0, url);
        _url = url.Text("v1/boot/").Mac(mac, 0, ':').ToString();
    }

    /// <summary>Whether it is over: then all else is there.</summary>
    public bool Done => !_owner.IsUnderWay(this);

    /// <summary>
    /// What the machine boots, of kind linux or inline; of kind ignore when the API says that it is not to boot. Null when the API could
    /// not be asked, or its answer not used.
    /// </summary>
    public Profile Answer { get; private set; }

    /// <summary>The status of the answer, 0 when there was none.</summary>
    public int Status { get; private set; }

    /// <summary>What is wrong, in plain words, when there is no <see cref="Answer"/>.</summary>
    public string Fault { get; private set; } = Mirror.NoMemory;

    /// <summary>To be called now and then: a call that waits longer than it may is ended.</summary>
    public void Watch(long now)
    {
        Fetch fetch = _fetch;
        if (fetch != null)
        {
            fetch.Watch(now);
        }
    }

    /// <summary>Ends it: nobody waits for it any more.</summary>
    public void Close()
    {
        Fetch fetch = _fetch;
        if (fetch != null)
        {
            fetch.Close();
        }
    }

    /// <summary>The thread. Whatever it throws, its place is free again.</summary>
    internal void Run()
    {
        try
        {
            Run(new BootApiAnswer(_asking, _asking.Value(SettingsKey.ProfileApi, 0), _mirror));
        }
        catch (Exception)
        {
            // No memory for the words of what was thrown: the fault is that already.
            Memory.Collect();
        }
        finally
        {
            _fetch = null;
            _owner.Over(this);
        }
    }

    private void Run(BootApiAnswer answer)
    {
        string fault;
        try
        {
            // Its redirections are not told: anybody can make the device ask.
            Fetch fetch = Fetch.Of(_url, null);
            _fetch = fetch;
            try
            {
                fault = fetch.Open(_url) ? Ask(fetch, answer) : Words(fetch);
            }
            finally
            {
                fetch.Close();
            }
        }
        catch (Exception e)
        {
            // A defect, and no reason to end the device; or no memory.
            Memory.Collect();
            fault = FaultText.Of(e);
        }

        Fault = fault;
        Answer = fault == null ? answer.Profile : null;
    }

    // What is wrong, or null; then the answer is complete.
    private string Ask(Fetch fetch, BootApiAnswer answer)
    {
        Status = fetch.Status;
        if (Status != Ok)
        {
            // Whatever it is: Pixiecore's specification makes no difference. The diagnosis says which.
            answer.Profile.Kind = ProfileKind.Ignore;
            return null;
        }

        if (fetch.IsEncoded)
        {
            return "its answer is compressed (Content-Encoding), which nobody asked for";
        }

        var piece = new byte[PieceSize];
        long until = DeviceClock.Now + ReadMilliseconds;
        int count = 1;
        while (count > 0)
        {
            int left = (int)(until - DeviceClock.Now);
            count = left > 0 ? fetch.Read(piece, 0, PieceSize, left) : -1;
            if (count < 0)
            {
                return left > 0 ? Words(fetch) : "its answer takes longer than 10 seconds";
            }

            if (!answer.Feed(piece, 0, count))
            {
                return "its answer " + answer.Fault;
            }

            if (answer.Position > MostBytes)
            {
                return "its answer is longer than " + MostBytes.ToString() + " bytes";
            }
        }

        return answer.Finish() ? null : "its answer " + answer.Fault;
    }

    private string Words(Fetch fetch)
    {
        var words = new ByteWriter(64, Log.TextCapacity * 2);
        fetch.WriteFault(words, _url);
        return words.ToString();
    }
}
