using System;
using System.IO;
using Netboot.Board;
using Netboot.Logging;

namespace Netboot.Device;

/// <summary>
/// The first start without settings: does what <see cref="SetupMode"/> decides. Opening and closing the access point end with a restart; a
/// mark in the storage carries over it what must not be forgotten. Without a storage that can be written it opens nothing: a restart for
/// ever would be worse.
/// </summary>
public sealed class FirstStart
{
    /// <summary>The file that holds the <see cref="SetupMark"/>.</summary>
    public const string MarkFile = SetupFiles.Mark;

    /// <summary>The device's own address on its access point, as on Tasmota and its like.</summary>
    public const string Address = "192.168.4.1";

    /// <summary>Time between the last answer of the set-up page and the restart: the answer is to reach the phone.</summary>
    public const int GoodbyeMilliseconds = 3000;

    private readonly IBoard _board;
    private readonly IStorage _storage;
    private readonly IAccessPoint _accessPoint;
    private readonly IRandomness _randomness;
    private readonly Log _log;
    private readonly SetupMode _mode;
    private string _password;
    private long _restartAt;

    /// <summary>Looks at what is stored and configured; <paramref name="now"/> is when the device started.</summary>
    public FirstStart(IBoard board, IStorage storage, IAccessPoint accessPoint, IRandomness randomness, Log log, long now)
    {
        _board = board;
        _storage = storage;
        _accessPoint = accessPoint;
        _randomness = randomness;
        _log = log;
        _restartAt = long.MaxValue;
        NetworkName = SetupKey.NetworkName(board.MacAddress);
        SetupMark mark = ReadMark();
        IsOpen = IsOursOpen();
        IsForeign = !IsOpen && accessPoint.IsOn;
        _mode = new SetupMode(accessPoint.IsAllowed, accessPoint.HasCredentials, IsOpen, mark, now);
        if (_mode.MarkIsUsed)
        {
            WriteMark(SetupMark.None);
        }

        if (_mode.FailedToOpen)
        {
            Note("The access point did not start; next try after a restart");
        }
    }

    /// <summary>Whether the device is in set-up mode: its access point runs. It does not change before the next start.</summary>
    public bool IsOpen { get; }

    /// <summary>Whether an access point runs that is not ours: another name or password, or none.</summary>
    public bool IsForeign { get; }

    /// <summary>The access point's name.</summary>
    public string NetworkName { get; }

    /// <summary>
    /// What a person has to know now, for the serial line only, never for the log that a page shows: name and password. Null outside set-up
    /// mode.
    /// </summary>
    public string Announcement =>
        IsOpen ? "Wi-Fi set-up: join " + NetworkName + ", password " + _password + ", then open http://" + Address + "/" : null;

    /// <summary>
    /// What is due; to be called often. <paramref name="linkUp"/>: the device has an address on Ethernet or in a Wi-Fi, not its access
    /// point's.
    /// </summary>
    public void Tick(long now, bool linkUp)
    {
        if (now >= _restartAt)
        {
            _restartAt = now + GoodbyeMilliseconds;
            _board.Reboot();
            return;
        }

        if (_restartAt != long.MaxValue)
        {
            return;
        }

        if (IsForeign)
        {
            // Left over from another application, or its key was lost: nobody knows its password, or everybody does.
            Close("it is not this device's own", SetupMark.None, now);
            return;
        }

        switch (_mode.Step(now, linkUp))
        {
            case SetupStep.Open:
                Open(now);
                break;
            case SetupStep.Close:
                Close(_mode.Reason, SetupMark.Closed, now);
                break;
            case SetupStep.Joined:
                WriteMark(SetupMark.Proven);
                break;
        }
    }

    /// <summary>A Wi-Fi was entered on the set-up page and is stored: closes the access point and restarts, to try it.</summary>
    public void WifiEntered(long now) => Close("Wi-Fi details were entered", SetupMark.None, now);

    private bool IsOursOpen()
    {
        try
        {
            _password = SetupKey.Stored(_storage);
        }
        catch (Exception e)
        {
            Note("The access point's key cannot be read: " + e.Message);
        }

        return _password != null && _accessPoint.IsOnAs(NetworkName, _password);
    }

    private void Open(long now)
    {
        string fault;
        try
        {
            _password = SetupKey.Password(_storage, _randomness);
            fault = WriteMark(SetupMark.Opened) ? _accessPoint.Open(NetworkName, _password) : "its marker cannot be stored";
        }
        catch (Exception e)
        {
            // IOException, or a plain Exception on the device (facts 15.6): storage is full or dead.
            fault = e.Message;
        }

        if (fault != null)
        {
            Note("No access point for set-up: " + fault);
            return;
        }

        Note("Opening the access point " + NetworkName + ": " + _mode.Reason);
        _restartAt = now;
    }

    private void Close(string reason, SetupMark mark, long now)
    {
        WriteMark(mark);
        string fault = _accessPoint.Close();
        if (fault != null)
        {
            // Restart all the same: it is open now, and the next start tries to close it again. With a pause, lest that goes round fast.
            Note("The access point cannot be closed: " + fault);
            _restartAt = now + SetupMode.SettleMilliseconds;
            return;
        }

        Note("Closing the access point: " + reason);
        _restartAt = now + GoodbyeMilliseconds;
    }

    private SetupMark ReadMark()
    {
        try
        {
            Stream stream = _storage.Length(MarkFile) == 1 ? _storage.OpenRead(MarkFile) : null;
            if (stream != null)
            {
                try
                {
                    return (SetupMark)(byte)stream.ReadByte();
                }
                finally
                {
                    stream.Close();
                }
            }
        }
        catch (Exception e)
        {
            Note("The set-up marker cannot be read: " + e.Message);
        }

        return SetupMark.None;
    }

    private bool WriteMark(SetupMark mark)
    {
        try
        {
            if (mark == SetupMark.None)
            {
                _storage.Delete(MarkFile);
            }
            else
            {
                _storage.Write(MarkFile, new[] { (byte)mark }, 1);
            }

            return true;
        }
        catch (Exception e)
        {
            Note("The set-up marker cannot be stored: " + e.Message);
            return false;
        }
    }

    private void Note(string text) => _log.Add(Subsystem.Init, LogEvent.Note, 0, text);
}
