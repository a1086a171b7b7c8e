using System.Net;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <content>The table itself: its places and who has them.</content>
public sealed partial class TftpServer
{
    private const int Nowhere = -1;

    // The port of a place that nobody has.
    private const int NoPort = -1;

    // What a log entry keeps of a name (Log.TextCapacity), with a little room for the reason.
    private const int NameCapacity = 48;

    // The table, flat. After its end a transfer keeps its place until somebody needs it: late duplicates of its client's packets are then
    // known as such, and get no ERROR 5 that a ROM might show on its screen. Answers go to the very object that the socket gave.
    private readonly int[][] _numbers = new int[MaxTransfers][];
    private readonly LoaderReader[] _readers = new LoaderReader[MaxTransfers];
    private readonly IPEndPoint[] _clients = new IPEndPoint[MaxTransfers];
    private readonly byte[][] _names = new byte[MaxTransfers][];

    // Places made so far: the first that many of the table. One is made when it is first needed; all go some time after the last transfer
    // ended.
    private int _made;
    private int _recent;

    private void Forget()
    {
        for (int i = 0; i < _made; i++)
        {
            _numbers[i] = null;
            _clients[i] = null;
            _names[i] = null;
        }

        _made = 0;
        _recent = 0;
        _log.Counts[Counter.TftpRunning] -= Running;
        _nextLook = 0;
        _keeps = false;
        _credit = null;
    }

    private bool IsRunning(int place) => IsRunning(_numbers[place]);

    private static bool IsRunning(int[] numbers) =>
        // Seen follows the transfer's own state before anything else is done.
        numbers[TftpTransfer.Seen] < (int)TftpState.Done && numbers[TftpTransfer.Port] != NoPort;

    private int Find(IPEndPoint from)
    {
        int port = from.Port;
        int place = _recent;
        if (place < _made && _numbers[place][TftpTransfer.Port] == port && _clients[place].Equals(from))
        {
            return place;
        }

        int[][] numbers = _numbers;
        int made = _made;
        for (place = 0; place < made; place++)
        {
            if (numbers[place][TftpTransfer.Port] == port && _clients[place].Equals(from))
            {
                _recent = place;
                return place;
            }
        }

        return Nowhere;
    }

    // Who gives way first: who never answered, then whose client was silent for longer.
    private bool IsBefore(int place, int other)
    {
        bool heard = _numbers[place][TftpTransfer.Seen] >= (int)TftpState.Sending;
        return heard == (_numbers[other][TftpTransfer.Seen] >= (int)TftpState.Sending)
            ? _numbers[place][TftpTransfer.Heard] - _numbers[other][TftpTransfer.Heard] < 0
            : !heard;
    }

    private bool MayGiveWay(int place, long now)
    {
        int silent = (int)now - _numbers[place][TftpTransfer.Heard];
        _transfer.Use(_numbers[place], _readers[place]);
        switch (_transfer.State)
        {
            case TftpState.Opening:
                return silent >= PatienceOpening;
            case TftpState.Answering:
                return _transfer.SinceSent(now) >= PatienceUnheard;
            default:
                return silent >= (_transfer.WaitsForSource ? PatienceWaiting : PatienceSilent) || _transfer.IsSlow(now);
        }
    }
}
