using System;
using Netboot.Bytes;

namespace Netboot.Dhcp.Lease;

/// <summary>
/// The few addresses that the set-up access point hands out, and who has which. A fixed table: a flood of made-up clients takes offers from
/// one another, never an address that somebody uses.
/// </summary>
public sealed class LeaseTable
{
    /// <summary>
    /// Addresses in the pool: the access point takes 4 stations at once, and a phone with a random MAC may come back as another.
    /// </summary>
    public const int Size = 8;

    /// <summary>No place: the pool is used up, or the address is not of the pool.</summary>
    public const int None = -1;

    /// <summary>
    /// An offer is kept so long for the client's request: clients give up an exchange after some 10 s (RFC 2131 section 4.1).
    /// </summary>
    public const int OfferMilliseconds = 15000;

    /// <summary>How long an address is given for. Longer than the access point is open, so that nobody has to renew.</summary>
    public const int LeaseSeconds = 1200;

    /// <summary>An address that a client found in use is left alone so long.</summary>
    public const int DeclineMilliseconds = 300000;

    private const int MacSize = 6;

    private readonly int _first;
    private readonly byte[] _macs = new byte[Size * MacSize];
    private readonly long[] _until = new long[Size];
    private readonly LeaseState[] _states = new LeaseState[Size];

    /// <summary>A pool whose first address is <paramref name="first"/>, in network order as a number; the others follow it.</summary>
    public LeaseTable(int first)
    {
        _first = first;
    }

    /// <summary>The address of a place.</summary>
    public int AddressOf(int place) => _first + place;

    /// <summary>The place of an address, or <see cref="None"/> when it is not of the pool.</summary>
    public int PlaceOf(int address)
    {
        int place = address - _first;
        return place >= 0 && place < Size ? place : None;
    }

    /// <summary>What a place is used for at <paramref name="now"/>.</summary>
    public LeaseState StateOf(int place, long now) => now < _until[place] ? _states[place] : LeaseState.Free;

    /// <summary>Whether a place is, or last was, this client's.</summary>
    public bool IsOf(int place, byte[] mac, int offset) =>
        _states[place] != LeaseState.Free && _states[place] != LeaseState.Declined
        && Octets.Equal(_macs, place * MacSize, mac, offset, MacSize);

    /// <summary>
    /// The place to offer a client: its own, also from an earlier lease; the one it wishes (<see cref="None"/> for no wish) when free; a
    /// free one, the longest unused first; the oldest offer of another. <see cref="None"/> when every address is in use.
    /// </summary>
    public int Choose(byte[] mac, int offset, int wished, long now)
    {
        int free = None;
        int offered = None;
        for (int i = 0; i < Size; i++)
        {
            if (IsOf(i, mac, offset))
            {
                return i;
            }

            LeaseState state = StateOf(i, now);
            if (state == LeaseState.Free && (free == None || _until[i] < _until[free]))
            {
                free = i;
            }
            else if (state == LeaseState.Offered && (offered == None || _until[i] < _until[offered]))
            {
                offered = i;
            }
        }

        if (wished != None && StateOf(wished, now) == LeaseState.Free)
        {
            return wished;
        }

        return free != None ? free : offered;
    }

    /// <summary>Puts a place to use for a client until <paramref name="until"/>; any other place of this client is free then.</summary>
    public void Use(int place, LeaseState state, byte[] mac, int offset, long until)
    {
        Forget(mac, offset);
        _states[place] = state;
        _until[place] = until;
        Array.Copy(mac, offset, _macs, place * MacSize, MacSize);
    }

    /// <summary>A client is done with what it was offered or had.</summary>
    public void Forget(byte[] mac, int offset)
    {
        for (int i = 0; i < Size; i++)
        {
            if (IsOf(i, mac, offset))
            {
                _states[i] = LeaseState.Free;
                _until[i] = 0;
            }
        }
    }

    /// <summary>Somebody else uses the address of this place: it is not given out for a while.</summary>
    public void Decline(int place, long now)
    {
        _states[place] = LeaseState.Declined;
        _until[place] = now + DeclineMilliseconds;
    }
}
