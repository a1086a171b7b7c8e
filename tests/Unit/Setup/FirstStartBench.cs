using Netboot.Bytes;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Setup;

/// <summary>A board that starts with nothing set, on a clock of the test's own.</summary>
internal sealed class FirstStartBench
{
    private const int Minute = 60000;

    public FakeBoard Board { get; } = new FakeBoard();

    public MemoryStorage Storage { get; } = new MemoryStorage();

    public Log Log { get; private set; }

    public FirstStart FirstStart { get; private set; }

    /// <summary>The board is switched on.</summary>
    public void Start()
    {
        Log = new Log(new LogText());
        FirstStart = new FirstStart(Board, Storage, Board, Board, Log, 0);
    }

    /// <summary>A first start up to the open access point.</summary>
    public void OpenAndRestart()
    {
        Start();
        Run(0, Minute, false);
        Start();
        Assert.IsTrue(FirstStart.IsOpen);
    }

    public void Run(long from, long to, bool linkUp)
    {
        // A board that restarts runs no further.
        int restarts = Board.Restarts;
        for (long now = from; now <= to && Board.Restarts == restarts; now += 200)
        {
            FirstStart.Tick(now, linkUp);
        }
    }

    public string LogText()
    {
        var writer = new ByteWriter(1000, 8000);
        for (int i = 0; i < Log.Added; i++)
        {
            Log.Write(i, writer, out _);
        }

        return writer.ToString();
    }
}
