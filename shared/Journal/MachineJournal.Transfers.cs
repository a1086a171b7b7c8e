using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Journal;

/// <content>What TFTP tells, and loaders by HTTP.</content>
public sealed partial class MachineJournal
{
    private const string EndedBy = "aborted by the machine: ";

    /// <inheritdoc/>
    public void Started(byte[] address, byte[] name, int size)
    {
        _log.Add(Subsystem.Tftp, LogEvent.TransferStarted, address, 0, address.Length, size, 0, name, 0, name.Length);
        lock (_bytes)
        {
            int machine = Speaking(address, 0, address.Length);
            if (machine != Nobody)
            {
                _bytes[Flags + machine] |= FetchingFlag;
                _numbers[Moves + machine] = _now;
            }
        }
    }

    /// <inheritdoc/>
    public void Sent(byte[] address, byte[] name, int size, int milliseconds)
    {
        _log.Add(Subsystem.Tftp, LogEvent.TransferDone, address, 0, address.Length, size, milliseconds, name, 0, name.Length);
        lock (_bytes)
        {
            int machine = Speaking(address, 0, address.Length);
            if (machine != Nobody)
            {
                Loaded(machine, size, milliseconds, name, 0, name.Length);
            }
        }
    }

    /// <inheritdoc/>
    public void BrokenOff(byte[] address, byte[] name, TftpFailure failure, string reason)
    {
        var text = new ByteWriter(Log.TextCapacity, 4 * Log.TextCapacity);
        text.Raw(name).Text(failure == TftpFailure.ByMachine ? ": " + EndedBy : ": ");
        int words = text.Length;
        text.Text(reason);
        _log.Add(Subsystem.Tftp, LogEvent.TransferFailed, address, 0, address.Length, 0, 0, text.Buffer, 0, text.Length);
        lock (_bytes)
        {
            int machine = Speaking(address, 0, address.Length);
            if (machine == Nobody)
            {
                return;
            }

            _bytes[Flags + machine] &= unchecked((byte)~FetchingFlag);
            if (failure != TftpFailure.Restarted && _bytes[Reached + machine] < (byte)BootStage.Script)
            {
                WhyCode why = failure == TftpFailure.ByServer ? WhyCode.LoaderRefused
                    : failure == TftpFailure.ByMachine ? WhyCode.LoaderAborted : WhyCode.LoaderTimeout;
                Explain(machine, why, 0, text.Buffer, words, text.Length - words);
            }
        }
    }

    /// <inheritdoc/>
    public void Missing(byte[] address, byte[] name, int offset, int length)
    {
        _log.Add(Subsystem.Tftp, LogEvent.FileMissing, address, 0, address.Length, 0, 0, name, offset, length);
        lock (_bytes)
        {
            // iPXE itself asks for files that need not be there; a firmware asks for its loader.
            int machine = Speaking(address, 0, address.Length);
            if (machine != Nobody && _bytes[Reached + machine] < (byte)BootStage.Loader)
            {
                Explain(machine, WhyCode.LoaderMissing, 0, name, offset, length);
            }
        }
    }

    /// <summary>The machine of an IPv4 address fetches its loader by HTTP.</summary>
    public void LoaderFetched(byte[] address)
    {
        lock (_bytes)
        {
            int machine = Speaking(address, 0, address.Length);
            if (machine != Nobody)
            {
                Loaded(machine, 0, 0, null, 0, 0);
            }
        }
    }

    private void Loaded(int machine, int size, int milliseconds, byte[] text, int offset, int length)
    {
        const string Script = ".ipxe";
        _bytes[Flags + machine] &= unchecked((byte)~FetchingFlag);
        if (length >= Script.Length && Octets.StartsWith(text, offset + length - Script.Length, Script.Length, Script))
        {
            // autoexec.ipxe: that iPXE runs is the news.
            return;
        }

        Reach(machine, BootStage.Loader);
        int boot = machine * Boots;
        _numbers[LoaderSizes + boot] = size;
        int time = milliseconds / Unit;
        Octets.WriteUInt16(_bytes, LoaderTimes + (boot * 2), time > 0xFFFE ? 0xFFFE : time);
    }
}
