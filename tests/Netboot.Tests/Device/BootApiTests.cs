using System;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using Netboot.Board;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Settings;
using Netboot.Tests.Boot;

namespace Netboot.Tests.Device;

/// <summary>A machine whose profile asks an API, over real sockets: what it is given, and what its owner is told when there is nothing.</summary>
[TestClass]
public sealed class BootApiTests
{
    private const string Mac = "52-54-00-00-00-0a";

    private static readonly byte[] MacBytes = [0x52, 0x54, 0, 0, 0, 0x0a];

    private readonly TestApi _api = new();
    private RunningDevice _device;

    [TestInitialize]
    public void Begin()
    {
        var board = new VirtualBoard();
        byte[] text = Encoding.ASCII.GetBytes($"""
            [mirror]
            url = http://127.0.0.1:9/
            [boot]
            default = farm
            [profile farm]
            api = {_api.Url}pixiecore
            [profile secure]
            api = https://nas
            [profile no]
            kind = deny
            [machine 52:54:00:00:00:0b]
            profile = no

            """);
        board.Write(SettingsStore.ImportFile, text, text.Length);
        _device = new RunningDevice(board);
        Assert.IsTrue(_device.UntilServing(TimeSpan.FromSeconds(10)) < TimeSpan.FromSeconds(10));

        // The machine of that MAC has loopback's address, so what it asks for counts.
        _device.Device.Journal.ScriptSent(MacBytes, [127, 0, 0, 1], Encoding.ASCII.GetBytes("farm"), ProfileKind.Api, false);
    }

    [TestCleanup]
    public void End()
    {
        _device.Dispose();
        _api.Dispose();
    }

    [TestMethod]
    public void The_script_asks_the_device_and_the_device_asks_the_API()
    {
        string script = Get("/boot.ipxe?mac=" + Mac).Text;
        StringAssert.Contains(script, "/api.ipxe?profile=farm ||\nimgfetch --name script ${nb-url}&mac=${netX/mac:hexhyp} || goto failed\n");
        Assert.IsNull(_api.Path, "nothing is asked before the machine can wait for it");

        _api.Answer = "{\"kernel\":\"/k\",\"initrd\":[\"/i\"],\"cmdline\":\"quiet\"}";
        string linux = Ask().Text;
        StringAssert.Contains(linux, $"set nb-url {_api.Url}k ||\n");
        StringAssert.Contains(linux, "kernel kernel initrd=initrd0 quiet || goto ended\n");
        Assert.AreEqual("/pixiecore/v1/boot/52:54:00:00:00:0a", _api.Path);
        Assert.AreEqual(WhyCode.None, Machine.Why);
    }

    [TestMethod]
    [DataRow(404, "", "is not to boot: the API at 127.0.0.1:%p answers 404; it is asked again after a minute")]
    [DataRow(500, "{\"kernel\":\"k\"}", "is not to boot: the API at 127.0.0.1:%p answers 500; it is asked again after a minute")]
    [DataRow(200, "{}", "is not to boot: the API at 127.0.0.1:%p names no kernel for it; it is asked again after a minute")]
    [DataRow(200, "", "is not to boot: the API at 127.0.0.1:%p names no kernel for it; it is asked again after a minute")]
    public void A_machine_that_is_not_the_APIs_leaves_and_gets_no_offer_for_a_minute(int status, string answer, string why)
    {
        _api.Status = status;
        _api.Answer = answer;
        (HttpStatusCode code, string script) = Ask();
        Assert.AreEqual(HttpStatusCode.OK, code);
        Assert.AreEqual("#!ipxe\nimgfree ||\niseq ${platform} efi && exit 1 ||\nexit\n", script);
        Assert.AreEqual(Text(why), Why());
        Assert.AreEqual(MachineState.Refused, Machine.State);
        long now = DeviceClock.Now;
        Assert.IsTrue(_device.Device.BootApi.IsRefused(MacBytes, 0, now));
        Assert.IsFalse(_device.Device.BootApi.IsRefused(MacBytes, 0, now + BootApi.RefusalMilliseconds));
        Assert.IsFalse(_device.Device.BootApi.IsRefused([0x52, 0x54, 0, 0, 0, 0x0b], 0, now));
    }

    [TestMethod]
    [DataRow("{\"kernel\":", "its answer ends in the middle, after 10 bytes")]
    [DataRow("<html><body>", "its answer is not JSON: see its byte 1")]
    [DataRow("{\"kernel\":7}", "its answer 'kernel' is not a text")]
    public void An_answer_that_cannot_be_used_is_a_diagnosis_and_the_machine_asks_again(string answer, string line)
    {
        _api.Answer = answer;
        Assert.AreEqual(HttpStatusCode.BadGateway, Ask().Code);
        Assert.AreEqual(
            Text("was not told what to boot: what the API at 127.0.0.1:%p answers cannot be used; the log says what is wrong with it"), Why());
        StringAssert.Contains(Log(), $"{_api.Url}pixiecore/: {line}");
        Assert.AreEqual(MachineState.Failed, Machine.State);

        // iPXE reports what it saw; the better explanation stays.
        Get($"/report?mac={Mac}&stage=failed&at=api&error=1d0c6139&url=http://127.0.0.1/api.ipxe");
        Assert.AreEqual(WhyCode.ApiFault, Machine.Why);

        // The next attempt is answered, and all is well.
        _api.Answer = "{\"kernel\":\"/k\"}";
        Assert.AreEqual(HttpStatusCode.OK, Ask().Code);
        Assert.AreEqual(WhyCode.None, Machine.Why);
        Assert.AreEqual(MachineState.Booting, Machine.State);
    }

    [TestMethod]
    public void An_API_that_is_down_is_a_diagnosis()
    {
        _api.Dispose();
        Assert.AreEqual(HttpStatusCode.BadGateway, Ask().Code);
        Assert.AreEqual(Text("was not told what to boot: the API at 127.0.0.1:%p does not answer; the log has its URL"), Why());
        StringAssert.Contains(Log(), $"{_api.Url}pixiecore/: 127.0.0.1:");
    }

    /// <summary>A fetch must throw nothing; one that does must not take a place for ever, and the machine is told.</summary>
    [TestMethod]
    [DoNotParallelize]
    [DataRow("new")]
    [DataRow("open")]
    [DataRow("read")]
    [DataRow("close")]
    public void A_fetch_that_throws_is_a_diagnosis_and_leaves_its_place_free(string where)
    {
        Fetch.Https = new ThrowingHttps(where);
        try
        {
            for (int i = 0; i <= BootApi.Calls; i++)
            {
                Assert.AreEqual(HttpStatusCode.BadGateway, Get("/api.ipxe?profile=secure&mac=" + Mac).Code);
                Assert.AreEqual(WhyCode.ApiFault, Machine.Why);
                StringAssert.Contains(Log(), "https://nas/: ");
            }
        }
        finally
        {
            Fetch.Https = null;
        }
    }

    /// <summary>Its once-only profile is used up when the script asks, and no number of its platform comes with that question.</summary>
    [TestMethod]
    public void The_rules_for_the_next_boot_and_for_its_platform_hold_to_the_end()
    {
        _api.Answer = "{\"kernel\":\"/k\"}";
        (HttpStatusCode code, string script) = Get("/api.ipxe?profile=farm&mac=52-54-00-00-00-0b");
        Assert.AreEqual(HttpStatusCode.OK, code);
        StringAssert.Contains(script, $"set nb-url {_api.Url}k ||\n");
    }

    [TestMethod]
    public void What_is_asked_in_a_machines_name_changes_nothing_of_it()
    {
        _api.Status = 404;
        int lines = _device.Device.Log.Added;
        Assert.AreEqual(HttpStatusCode.OK, Get("/api.ipxe?profile=farm&mac=52-54-00-00-00-0d").Code);
        using (var client = new HttpClient())
        {
            using var head = new HttpRequestMessage(System.Net.Http.HttpMethod.Head, $"http://{_device.Board.EndOf(80)}/api.ipxe?profile=farm&mac={Mac}");
            head.Headers.Host = "127.0.0.1";
            using HttpResponseMessage answer = client.Send(head);
            Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.AreEqual(WhyCode.None, Machine.Why);
        Assert.IsFalse(_device.Device.BootApi.IsRefused(MacBytes, 0, DeviceClock.Now));
        Assert.IsFalse(_device.Device.BootApi.IsRefused([0x52, 0x54, 0, 0, 0, 0x0d], 0, DeviceClock.Now));
        Assert.AreEqual(lines, _device.Device.Log.Added);
    }

    [TestMethod]
    public void More_machines_than_it_asks_for_at_a_time_wait_their_turn()
    {
        _api.Delay = TimeSpan.FromSeconds(0.5);
        _api.Answer = "{\"kernel\":\"/k\"}";
        var codes = new HttpStatusCode[BootApi.Calls + 1];
        var machines = new Thread[codes.Length];
        for (int i = 0; i < machines.Length; i++)
        {
            int number = i;
            machines[i] = new Thread(() => codes[number] = Get($"/api.ipxe?profile=farm&mac=52540000001{number}").Code);
            machines[i].Start();
        }

        foreach (Thread machine in machines)
        {
            machine.Join();
        }

        CollectionAssert.AreEqual(Array.ConvertAll(codes, _ => HttpStatusCode.OK), codes);
        Assert.AreEqual(BootApi.Calls, _api.MostAtOnce);
    }

    [TestMethod]
    [DataRow("/api.ipxe?profile=farm", HttpStatusCode.BadRequest)]
    [DataRow("/api.ipxe?profile=farm&mac=x", HttpStatusCode.BadRequest)]
    [DataRow("/api.ipxe?mac=" + Mac, HttpStatusCode.NotFound)]
    [DataRow("/api.ipxe?profile=no&mac=" + Mac, HttpStatusCode.NotFound)]
    [DataRow("/api.ipxe?profile=none&mac=" + Mac, HttpStatusCode.NotFound)]
    public void Nothing_is_asked_for_who_does_not_say_who_it_is_and_which_profile(string path, HttpStatusCode code)
    {
        Assert.AreEqual(code, Get(path).Code);
        Assert.IsNull(_api.Path);
    }

    private MachineRecord Machine
    {
        get
        {
            var record = new MachineRecord();
            int index = 0;
            do
            {
                Assert.IsTrue(_device.Device.Journal.Read(index++, record, DeviceClock.Now), "the journal does not know the machine");
            }
            while (!record.Mac.AsSpan().SequenceEqual(MacBytes));
            return record;
        }
    }

    private string Why()
    {
        var writer = new ByteWriter(256, 512);
        Machine.WriteWhy(writer);
        return writer.ToString();
    }

    private string Log()
    {
        var lines = new ByteWriter(1024, 64 * 1024);
        for (int i = _device.Device.Log.Oldest; i < _device.Device.Log.Added; i++)
        {
            _device.Device.Log.Write(i, lines, out _);
            lines.Byte('\n');
        }

        return lines.ToString();
    }

    private string Text(string text) => text.Replace("%p", new Uri(_api.Url).Port.ToString(), StringComparison.Ordinal);

    private (HttpStatusCode Code, string Text) Ask() => Get("/api.ipxe?profile=farm&mac=" + Mac);

    private (HttpStatusCode Code, string Text) Get(string path)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Host = "127.0.0.1";
        using HttpResponseMessage answer = client.GetAsync($"http://{_device.Board.EndOf(80)}{path}").GetAwaiter().GetResult();
        return (answer.StatusCode, answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
    }
}
