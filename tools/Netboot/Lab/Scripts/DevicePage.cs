using System;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Netboot.Tool.Bench;

namespace Netboot.Tool.Lab;

/// <summary>The device's page, as a person on the lab's network sees it, logged in with the first password.</summary>
internal sealed class DevicePage : IDisposable
{
    /// <summary>A new password costs the device some tenths of a second, and the lab's machines share its processor.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const string TokenHeader = "X-Netboot-Token";

    private readonly HttpClient _client;

    public DevicePage(LabNetwork network)
    {
        // A socket stays in the namespace in which it was made.
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (context, _) => new(NamespaceThread.Run(network.Visitor, () =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port);
                return new NetworkStream(socket, ownsSocket: true);
            })),
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri($"http://{LabNetwork.DeviceAddress}"), Timeout = Limit };
    }

    /// <summary>Sets the first password, as the owner of a new device does.</summary>
    public void Claim()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "/api/claim") { Content = new StringContent("password=" + Guid.NewGuid().ToString("N"), Encoding.ASCII) };
        request.Headers.Add(TokenHeader, "x");
        using var answer = _client.Send(request);
        answer.EnsureSuccessStatusCode();
    }

    public string Get(string path)
    {
        using var answer = _client.GetAsync(path).GetAwaiter().GetResult();
        answer.EnsureSuccessStatusCode();
        return answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
    }

    /// <summary>What the page says about a machine, or null if it knows none with this address.</summary>
    public JsonElement? Machine(string mac)
    {
        for (int? from = 0; from is { } number;)
        {
            using var part = JsonDocument.Parse(Get($"/api/machines?from={number}"));
            foreach (var machine in part.RootElement.GetProperty("machines").EnumerateArray())
            {
                if (machine.GetProperty("mac").GetString() == mac)
                {
                    return machine.Clone();
                }
            }

            var next = part.RootElement.GetProperty("next");
            from = next.ValueKind == JsonValueKind.Number ? next.GetInt32() : null;
        }

        return null;
    }

    public void Dispose() => _client.Dispose();
}
