using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Netboot.Tool.Flash;

namespace Netboot.Tool.Tests.Flash;

/// <summary>Everything around one flash: a stand-in nanoff, a device that talks on a serial port, nobody at the keyboard.</summary>
internal sealed class FlashBench : ISerialPorts, IDeviceProbe, IPerson, IDisposable
{
    public const string Port = "/dev/ttyUSB0";
    public const string WifiPassword = "correct horse";

    /// <summary>What a device says when all is well.</summary>
    public const string Healthy =
        "nanoCLR (Build 1.17.0.339)\r\n[Init] Netboot 0.1.0\r\n[Init] Settings from netboot.cfg, now in settings.a\r\n[Init] Ready at http://192.168.1.5/\r\n";

    private readonly StringWriter _output = new();
    private readonly TestFolder _files = new();
    private readonly Secrets _secrets = new();

    public FlashBench()
    {
        Image = _files.Write("app.bin", "NFMRK2 and an application"u8);
        Around = new FlashSurroundings(this, this, this, new FlashOutput(_secrets, _output), _secrets, TimeProvider.System)
        {
            Variable = name => Variables.GetValueOrDefault(name),
        };
    }

    public NanoffPlayback Nanoff { get; } = new();

    public string Image { get; set; }

    public FlashSurroundings Around { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public List<string> PortNames { get; } = [Port, "/dev/ttyS0"];

    public string DeviceSays { get; set; } = Healthy;

    public bool DeviceAnswers { get; set; } = true;

    public Problem? PortRefusal { get; set; }

    public bool IsThere { get; set; }

    public List<string> Tasks { get; } = [];

    public int Restarts { get; private set; }

    public string Output => _output.ToString();

    public string Write(string name, ReadOnlySpan<byte> content) => _files.Write(name, content);

    public FlashRequest Request(string board = "wt32-eth01") => new()
    {
        Board = board,
        Image = Image,
        Nanoff = Nanoff.Program,
        FirmwareVersion = FlashCommand.PinnedFirmware,
        Timeout = TimeSpan.FromMilliseconds(100),
    };

    public int Run(FlashRequest request, CancellationToken cancellation = default) => FlashCommand.Execute(request, Around, cancellation);

    public IReadOnlyList<string> Names() => PortNames;

    public Problem? Refusal(string port) => PortRefusal;

    public ISerialLog Open(string port) => new TalkingDevice(this);

    public bool Answers(Uri page, CancellationToken cancellation) => DeviceAnswers;

    public string Ask(string question) => "attic";

    public string AskSecret(string question) => WifiPassword;

    public void WaitFor(string task) => Tasks.Add(task);

    public void Dispose()
    {
        Nanoff.Dispose();
        _files.Dispose();
    }

    private sealed class TalkingDevice(FlashBench bench) : ISerialLog
    {
        private string _text = bench.DeviceSays;

        public bool Restart()
        {
            bench.Restarts++;
            return true;
        }

        public string Read(TimeSpan limit)
        {
            if (_text.Length == 0)
            {
                Thread.Sleep(10);
            }

            string text = _text;
            _text = "";
            return text;
        }

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
