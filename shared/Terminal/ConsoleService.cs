using Netboot.Api;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Terminal;

/// <summary>
/// The console on a serial line. It has no sockets and shares nothing with a packet; it reads what has arrived, edits the line, runs a
/// command, and sends its answer in pieces. (The namespace is not Netboot.Console: that would hide System.Console from every namespace of
/// ours.)
/// </summary>
public sealed class ConsoleService : IService
{
    /// <summary>Bytes taken at once: what a paste brings in 5 ms.</summary>
    private const int InputSize = 64;

    /// <summary>From the last byte to the restart: the UART's own buffer has to go out first.</summary>
    private const int RebootMilliseconds = 100;

    private readonly DeviceApi _device;
    private readonly ITerminal _terminal;
    private readonly ConsoleOutput _output;
    private readonly LineEditor _editor = new LineEditor();
    private readonly ConsoleSession _session;
    private readonly byte[] _input = new byte[InputSize];
    private int _count;
    private int _position;
    private long _rebootAt;
    private bool _greeted;
    private bool _running;
    private bool _promptDue;

    /// <summary>A console of <paramref name="device"/> on <paramref name="terminal"/>; <paramref name="network"/> may be null.</summary>
    public ConsoleService(DeviceApi device, ITerminal terminal, INetworkSetup network)
    {
        _device = device;
        _terminal = terminal;
        _output = new ConsoleOutput(terminal);
        _session = new ConsoleSession(device, network, _output);
    }

    /// <inheritdoc/>
    public string Name => "Console";

    /// <summary>Whether nothing waits to be read, done or shown.</summary>
    public bool IsIdle => _greeted && _position == _count && _output.IsEmpty && !_session.Rebooting;

    /// <summary>Whether nobody would miss it: nothing is being typed, asked or followed.</summary>
    public bool IsUnused => IsIdle && _editor.Length == 0 && _session.Dialog == null && _session.Restoring == null && !_session.Following;

    /// <inheritdoc/>
    public bool Step(long now)
    {
        bool moved = !_session.Rebooting && Read();
        if (!_output.IsEmpty && !Interrupted())
        {
            return _output.Pump(now) || moved;
        }

        _session.Now = now;
        if (_promptDue)
        {
            _promptDue = false;
            Prompt();
        }

        if (_session.Rebooting)
        {
            return Reboot(now);
        }

        _running = true;
        if (!_greeted)
        {
            _greeted = true;
            _output.Text.Text("\nNetboot ").Text(NetbootVersion.Text).Text(". 'help' lists the commands.\n");
            Prompt();
        }
        else if (_session.Following)
        {
            Follow();
        }
        else
        {
            TakeInput();
        }

        _running = false;
        return _output.Pump(now) || moved;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        // A change of the network is nothing to the console: what is being typed stays.
        if (!_running)
        {
            return;
        }

        _running = false;
        _output.Forget();
        _session.Dialog = null;
        _session.Restoring = null;
        _session.Following = false;
        _output.Text.Text("\nThat failed; see 'log'.\n");
        Prompt();
    }

    // New bytes only when the old ones are done: what comes meanwhile waits in the UART.
    private bool Read()
    {
        if (_position < _count)
        {
            return false;
        }

        _position = 0;
        _count = _terminal.Read(_input, 0, InputSize);
        return _count > 0;
    }

    // Ctrl-C drops what is still to be shown, and what was typed before it.
    private bool Interrupted()
    {
        int interrupt = Octets.IndexOf(_input, _position, _count - _position, KeyDecoder.InterruptByte);
        if (interrupt < 0)
        {
            return false;
        }

        _output.Forget();
        _promptDue = false;
        _position = interrupt;
        return true;
    }

    private bool Reboot(long now)
    {
        if (_rebootAt == 0)
        {
            _rebootAt = now + RebootMilliseconds;
        }
        else if (now >= _rebootAt)
        {
            // A board does not come back from that; a PC's device ends a moment later, and takes no more commands.
            _rebootAt = long.MaxValue;
            _device.Board.Reboot();
        }

        return false;
    }

    private void Follow()
    {
        if (_position < _count)
        {
            _position = _count;
            _session.Following = false;
            Prompt();
            return;
        }

        // One line a step: it is sent before the next one is made.
        int oldest = _device.Log.Oldest;
        _session.NextEntry = _session.NextEntry < oldest ? oldest : _session.NextEntry;
        if (_session.NextEntry < _device.Log.Added && _device.Log.Write(_session.NextEntry++, _output.Text, out long _))
        {
            _output.Text.Byte('\n');
        }
    }

    private void TakeInput()
    {
        if (_session.Restoring != null)
        {
            Restore();
            return;
        }

        while (_position < _count)
        {
            TerminalKey key = _editor.Take(_input[_position++], _output.Text);
            if (key == TerminalKey.Enter)
            {
                Enter();
                return;
            }

            if (key == TerminalKey.Interrupt)
            {
                _session.Dialog = null;
                _editor.Clear();
                Prompt();
            }
            else if (key == TerminalKey.Tab)
            {
                Completion.Complete(_session, _editor);
                _promptDue = _output.HasMore;
                if (_promptDue)
                {
                    return;
                }
            }
        }
    }

    private void Restore()
    {
        RestoreText text = _session.Restoring;
        _position += text.Take(_input, _position, _count - _position);
        if (text.IsDropped)
        {
            _session.Restoring = null;
            _output.Text.Text("^C\nNothing was changed.\n");
            Prompt();
        }
        else if (text.IsComplete)
        {
            _session.Restoring = null;
            text.Finish(_session);
            Prompt();
        }
    }

    private void Enter()
    {
        ConsoleDialog dialog = _session.Dialog;
        try
        {
            if (dialog != null)
            {
                _session.Dialog = null;
                ConsoleDialog next = dialog.Answer(_session, _editor.Line, _editor.Length, _editor.HadUnusable);
                _session.Dialog = next ?? _session.Dialog;
            }
            else
            {
                ConsoleRunner.Run(_session, _editor);
            }
        }
        finally
        {
            // Whatever came of it: the next prompt shows what is in the editor, and this may be a password.
            _editor.Clear();
        }

        if (_output.Text.Overflowed)
        {
            _output.Text.Truncate(_output.Text.Length - 32);
            _output.Text.Text("\n(output truncated)\n");
        }

        if (_output.HasMore)
        {
            _promptDue = true;
        }
        else if (_session.Restoring == null && !_session.Following && !_session.Rebooting)
        {
            Prompt();
        }
    }

    private void Prompt()
    {
        ConsoleDialog dialog = _session.Dialog;
        _editor.Hidden = dialog != null && dialog.Hidden;
        if (dialog != null)
        {
            _output.Text.Text(dialog.Question);
            return;
        }

        _editor.Show(_output.Text.Raw(_device.Rules.Settings.Name).Text("> "));
    }
}
