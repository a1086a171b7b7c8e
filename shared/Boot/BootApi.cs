using System;
using System.Threading;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// Asks boot APIs (Pixiecore's: README.api.md) what machines boot, a few at a time, and remembers for a minute whom they do not want
/// booted.
/// </summary>
public sealed class BootApi
{
    /// <summary>
    /// Questions at a time: each takes a thread, a socket and some 3 KB of the heap. More machines than that wait their turn, as they do
    /// for loaders.
    /// </summary>
    public const int Calls = 2;

    /// <summary>Machines that are remembered; of more at once, the one that was first is asked about again.</summary>
    internal const int Refusals = 8;

    /// <summary>How long a machine that an API does not want booted gets no offer: Pixiecore asks at each packet.</summary>
    public const int RefusalMilliseconds = 60000;

    // Made when they are used first: most devices ask no API.
    private BootApiCall[] _calls;
    private long[] _until;
    private byte[] _refused;
    private int _next;

    /// <summary>
    /// Begins to ask the API of a profile about a machine, by its Ethernet address; null while all places are taken.
    /// <paramref name="mirror"/> is the mirror's URL or null.
    /// </summary>
    public BootApiCall Ask(Profile asking, byte[] mac, byte[] mirror)
    {
        lock (this)
        {
            _calls = _calls ?? new BootApiCall[Calls];
            int place = 0;
            while (place < Calls && _calls[place] != null)
            {
                place++;
            }

            if (place == Calls)
            {
                return null;
            }

            var call = new BootApiCall(this, asking, mac, mirror);
            _calls[place] = call;
            try
            {
                new Thread(call.Run).Start();
            }
            catch (Exception)
            {
                // No memory for a thread. The place is free again, and the machine is told; it asks again by itself.
                _calls[place] = null;
                throw;
            }

            return call;
        }
    }

    /// <summary>An API does not want a machine booted.</summary>
    public void Refuse(byte[] mac, long now)
    {
        lock (this)
        {
            if (_refused == null)
            {
                _until = new long[Refusals];
                _refused = new byte[Refusals * MacText.Size];
            }

            Array.Copy(mac, 0, _refused, _next * MacText.Size, MacText.Size);
            _until[_next] = now + RefusalMilliseconds;
            _next = (_next + 1) % Refusals;
        }
    }

    /// <summary>Whether an API said so of this machine less than a minute ago.</summary>
    public bool IsRefused(byte[] mac, int offset, long now)
    {
        lock (this)
        {
            for (int i = 0; _refused != null && i < Refusals; i++)
            {
                if (now < _until[i] && Octets.Equal(_refused, i * MacText.Size, mac, offset, MacText.Size))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>A call is over: its place is free.</summary>
    internal void Over(BootApiCall call)
    {
        lock (this)
        {
            for (int i = 0; i < Calls; i++)
            {
                _calls[i] = _calls[i] == call ? null : _calls[i];
            }
        }
    }

    /// <summary>Whether a call has its place still. Under the lock, so that what it brought is seen with its end.</summary>
    internal bool IsUnderWay(BootApiCall call)
    {
        lock (this)
        {
            int place = 0;
            while (place < Calls && _calls[place] != call)
            {
                place++;
            }

            return place < Calls;
        }
    }
}
