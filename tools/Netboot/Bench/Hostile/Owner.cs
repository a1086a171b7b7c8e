using System.Net;
using System.Net.Http;
using System.Text.Json;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>The owner with a browser: sets the first password or logs in, looks, changes.</summary>
internal sealed class Owner : IDisposable
{
    public const string Password = "the owner knows 1";

    /// <summary>How long a person waits for a page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Web _web;
    private string _cookie = "";
    private string _token = "x";

    public Owner(StrangersNetwork network, IPAddress source) => _web = new Web(network, source, Patience);

    /// <summary>From now on the device belongs to this owner.</summary>
    public static Owner Claim(StrangersNetwork network, IPAddress source)
    {
        var owner = new Owner(network, source);
        var answer = owner.Enter("claim", Password);
        return answer.Ok ? owner : throw new LabException($"The first password cannot be set: {answer.Status} {answer.Text}");
    }

    public bool LogIn() => Enter("login", Password).Ok;

    public WebAnswer Enter(string call, string password)
    {
        var answer = Post("/api/" + call, "password=" + Uri.EscapeDataString(password));
        if (answer.Ok)
        {
            _cookie = answer.Cookie ?? "";
            using var json = JsonDocument.Parse(answer.Text);
            _token = json.RootElement.GetProperty("token").GetString() ?? "";
        }

        return answer;
    }

    public WebAnswer Post(string path, string body) =>
        _web.Send(HttpMethod.Post, path, body, ("X-Netboot-Token", _token), ("Cookie", _cookie));

    public WebAnswer Get(string path) => _web.Get(path, ("Cookie", _cookie));

    /// <summary>What the page shows of each machine: its state by its address.</summary>
    public Dictionary<string, ShownMachine> Machines()
    {
        var machines = new Dictionary<string, ShownMachine>(StringComparer.Ordinal);
        int? from = 0;
        while (from is not null)
        {
            using var json = Json($"/api/machines?from={from}");
            foreach (var machine in json.RootElement.GetProperty("machines").EnumerateArray())
            {
                machines[machine.GetProperty("mac").GetString()!] = new ShownMachine(
                    machine.GetProperty("state").GetString()!,
                    machine.TryGetProperty("stage", out var stage) ? stage.GetString() : null,
                    machine.TryGetProperty("once", out var once) ? once.GetString() : null);
            }

            var next = json.RootElement.GetProperty("next");
            from = next.ValueKind == JsonValueKind.Number ? next.GetInt32() : null;
        }

        return machines;
    }

    /// <summary>Every line that the log still has.</summary>
    public IReadOnlyList<string> Log()
    {
        var lines = new List<string>();
        var after = 0;
        while (true)
        {
            using var json = Json($"/api/log?after={after}");
            lines.AddRange(json.RootElement.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("text").GetString()!));
            var next = json.RootElement.GetProperty("next").GetInt32();
            if (next == after)
            {
                return lines;
            }

            after = next;
        }
    }

    public void Dispose() => _web.Dispose();

    private JsonDocument Json(string path)
    {
        var answer = Get(path);
        return answer.Ok
            ? JsonDocument.Parse(answer.Text) : throw new LabException($"{path} was answered by {answer.Status} {answer.Text}");
    }
}

/// <summary>A machine as the page shows it.</summary>
internal sealed record ShownMachine(string State, string? Stage, string? Once);
