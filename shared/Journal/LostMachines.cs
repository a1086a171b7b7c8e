using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Journal;

/// <summary>
/// The machines of the settings that lost their place in the journal, by their number there: for how many minutes more each counts as
/// heard. More of them may boot at once than there are places.
/// </summary>
internal sealed class LostMachines
{
    private const int Minute = 60000;

    private byte[] _minutes = new byte[0];

    // Its IPv4 address, as far as it asked for one. Made with the first: on most networks none ever loses its place.
    private int[] _addresses;
    private long _nextMinute;

    /// <summary>Whether any machine lost its place and still counts as heard.</summary>
    internal bool Any { get; private set; }

    /// <summary>Other settings are in use: what is known goes by their numbers from now on.</summary>
    internal void Use(MachineTable listed, MachineTable before)
    {
        int count = listed.Count;
        var minutes = new byte[count];
        int[] addresses = _addresses == null ? null : new int[count];
        var mac = new byte[MacText.Size];
        for (int i = 0; i < count; i++)
        {
            listed.CopyMac(i, mac, 0);
            int number = before.FindMac(mac, 0);
            minutes[i] = number < 0 ? (byte)0 : _minutes[number];
            if (addresses != null && number >= 0)
            {
                addresses[i] = _addresses[number];
            }
        }

        _minutes = minutes;
        _addresses = addresses;
    }

    /// <summary>One lost its place: it counts as heard for so many minutes more, from this address; 0 is any.</summary>
    internal void Add(int listed, int minutes, int address)
    {
        if (_addresses == null)
        {
            _addresses = new int[_minutes.Length];
        }

        _addresses[listed] = address;
        _minutes[listed] = (byte)minutes;
        Any = true;
    }

    /// <summary>
    /// The system that one booted asks for this address, which need not be the one that its firmware had; 0 says nothing.
    /// </summary>
    internal void Asked(int listed, int address)
    {
        if (listed >= 0 && address != 0 && _minutes[listed] > 0)
        {
            _addresses[listed] = address;
        }
    }

    /// <summary>Whether one counts as heard, and from this address.</summary>
    internal bool IsHeard(int listed, int address) =>
        listed >= 0 && _minutes[listed] > 0 && (_addresses[listed] == 0 || _addresses[listed] == address);

    /// <summary>Counts the minutes down.</summary>
    internal void Tick(long now)
    {
        if (now >= _nextMinute)
        {
            _nextMinute = now + Minute;
            Any = false;
            for (int i = 0; i < _minutes.Length; i++)
            {
                _minutes[i] -= _minutes[i] > 0 ? (byte)1 : (byte)0;
                Any |= _minutes[i] > 0;
            }
        }
    }
}
