using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Logging;

namespace Netboot.Journal;

/// <summary>What did not happen: what the journal waited for in vain.</summary>
public abstract class MachineWaits : MachineBoots
{
    /// <summary>
    /// From the offer to the DHCPREQUEST: EDK2 and PXE ROMs collect offers for 4 s, twice (PXE 2.1 section 2.2.1, D3 of the field notes);
    /// iPXE is quicker.
    /// </summary>
    private const int RequestTime = 12000 / Unit;

    /// <summary>From the address, or the boot server's answer, to the first request for a file: firmware goes on at once.</summary>
    private const int FileTime = 15000 / Unit;

    /// <summary>From iPXE's address to the request for its script: it may wait for its link and IPv6.</summary>
    private const int IpxeTime = 20000 / Unit;

    /// <summary>From the loader's last block until iPXE asks again: a large one initialises all its drivers first.</summary>
    private const int LoaderTime = 60000 / Unit;

    /// <summary>From the script until its kernel is there, without a word: then the mirror is slow.</summary>
    private const int KernelTime = 60000 / Unit;

    /// <summary>A script of the mirror need not report: after this nothing is expected any more.</summary>
    private const int QuietTime = 120000 / Unit;

    /// <summary>
    /// From the start of the kernel until the system asks for its address, or reports: a server with much memory and many disks takes two
    /// minutes.
    /// </summary>
    private const int SilentTime = 180000 / Unit;

    /// <summary>
    /// A machine that stood still for longer is not explained anew: a server that is heard now says nothing of what happened then.
    /// </summary>
    private const int AnewTime = 300000 / Unit;

    /// <summary>
    /// Times are in 32 bits, of which half a round is 248 days: what nobody moved for 62 days is taken to be 31 days old, which is told as
    /// "24 days or more" too.
    /// </summary>
    private const int OldTime = 1 << 29;

    private readonly OtherServers _others;
    private int _changesSeen;

    private protected MachineWaits(Log log, OtherServers others)
        : base(log)
    {
        _others = others;
    }

    /// <summary>Looks at every boot under way; about once a second.</summary>
    internal void Tick(long now)
    {
        lock (_bytes)
        {
            _now = (int)(now / Unit);
            bool news = _changesSeen != _others.Changes;
            _changesSeen = _others.Changes;
            _lost.Tick(now);
            for (int i = 0; i < _count; i++)
            {
                int waited = _now - _numbers[Moves + i];
                if (waited > OldTime)
                {
                    CapAll(i);
                }

                if (_bytes[States + i] == (byte)MachineState.Booting && (_bytes[Flags + i] & FetchingFlag) == 0)
                {
                    Look(i, waited);
                }
                else if (_bytes[States + i] == (byte)MachineState.Started && waited > SilentTime)
                {
                    _bytes[States + i] = (byte)MachineState.Silent;
                    _numbers[Changes + i] = _now;
                }
                else if (news && _bytes[States + i] == (byte)MachineState.Failed && waited < AnewTime)
                {
                    ExplainAnew(i);
                }
            }
        }
    }

    private void CapAll(int machine)
    {
        for (int column = Heards; column <= Changes; column += Capacity)
        {
            Cap(column + machine);
        }

        for (int i = 0; i < Boots; i++)
        {
            Cap(Begins + (machine * Boots) + i);
        }
    }

    private void Look(int machine, int waited)
    {
        bool asked = (_bytes[Flags + machine] & AskedFlag) != 0;
        switch ((BootStage)_bytes[Reached + machine])
        {
            case BootStage.Offered:
                if (!asked && waited > RequestTime)
                {
                    Explain(machine, WhyCode.NoRequest, 0, null, 0, 0);
                }
                else if (asked && waited > FileTime)
                {
                    _others.Wanted = true;
                    Elsewhere(machine);
                }

                break;
            case BootStage.BootServer:
                if (waited > FileTime)
                {
                    Explain(machine, WhyCode.NoFile, 0, null, 0, 0);
                }

                break;
            case BootStage.Loader:
                if (waited > LoaderTime)
                {
                    Explain(machine, WhyCode.NoScript, 0, null, 0, 0);
                }

                break;
            case BootStage.Ipxe:
                if (!asked && waited > RequestTime)
                {
                    Explain(machine, WhyCode.NoRequest, 0, null, 0, 0);
                }
                else if (asked && waited > IpxeTime)
                {
                    _others.Wanted = true;
                    NoScript(machine);
                }

                break;
            case BootStage.Script:
                if ((_bytes[Flags + machine] & ReportsFlag) == 0)
                {
                    if (waited > QuietTime)
                    {
                        _bytes[States + machine] = (byte)MachineState.Quiet;
                        _numbers[Changes + machine] = _now;
                    }
                }
                else if (waited > KernelTime)
                {
                    StillFetching(machine, BootStage.Kernel, waited);
                }

                break;
            case BootStage.Kernel:
                if (waited > KernelTime && (_bytes[Flags + machine] & InitrdFlag) != 0)
                {
                    StillFetching(machine, BootStage.Initrd, waited);
                }

                break;
            default:
                break;
        }
    }

    private void StillFetching(int machine, BootStage stage, int waited)
    {
        if (_bytes[Whys + machine] != (byte)WhyCode.MirrorSlow)
        {
            Slow(machine, stage, "no " + StageNames.Of(stage) + " after ", waited);
        }
    }

    // Another server was heard after the machine was given up: it may be the reason.
    private void ExplainAnew(int machine)
    {
        int why = _bytes[Whys + machine];
        if (why == (int)WhyCode.WentElsewhere && _numbers[Arguments + machine] == 0)
        {
            Elsewhere(machine);
        }
        else if (why == (int)WhyCode.NoScript && _bytes[Reached + machine] == (byte)BootStage.Ipxe)
        {
            NoScript(machine);
        }
    }

    private void Elsewhere(int machine)
    {
        int other = _others.Find(OtherServerKind.Boot);
        Explain(machine, WhyCode.WentElsewhere, AddressOf(other), null, 0, 0);
    }

    private void NoScript(int machine)
    {
        int other = _others.Find(OtherServerKind.NoProxy);
        if (other >= 0)
        {
            Explain(machine, WhyCode.NoProxy, AddressOf(other), null, 0, 0);
        }
        else if (_others.Find(OtherServerKind.Boot) >= 0)
        {
            Elsewhere(machine);
        }
        else
        {
            Explain(machine, WhyCode.NoScript, 0, null, 0, 0);
        }
    }

    private int AddressOf(int other) => other < 0 ? 0 : Octets.ReadInt32(_others.Address(other), 0);
}
