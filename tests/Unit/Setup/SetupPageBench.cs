using System.Net.Sockets;
using Netboot.Board;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Http;
using Netboot.Web;

namespace Netboot.Tests.Setup;

/// <summary>The set-up page of a board, asked without a socket.</summary>
internal sealed class SetupPageBench
{
    public SetupPageBench()
    {
        Handler = new SetupHandler(Board, new FixedNetwork(), Board, Board, 80);
    }

    public FakeBoard Board { get; } = new FakeBoard();

    public SetupHandler Handler { get; }

    public string Get(string path, string headers) => Ask("GET " + path + " HTTP/1.1\r\n" + headers + "\r\n");

    public string Post(string headers, string form) =>
        Ask("POST /setup HTTP/1.1\r\n" + headers + "Content-Length: " + form.Length.ToString() + "\r\n\r\n" + form);

    private string Ask(string request)
    {
        var peer = new FakePeer();
        var connection = new HttpConnection(new HttpShared(Handler, new Log(new LogText()), new byte[HttpLimits.BufferSize]));
        connection.Open(peer, new byte[] { 192, 168, 4, 10 }, 0);
        peer.Arrive(request);
        for (int i = 0; i < 20; i++)
        {
            connection.Step(i);
        }

        return peer.Sent;
    }

    private sealed class FixedNetwork : INetwork
    {
        public byte[] Address { get; } = { 192, 168, 4, 1 };

        public byte[] SubnetMask { get; } = { 255, 255, 255, 0 };

        public int Generation => 0;

        public Socket OpenDatagram(int port) => null;

        public Socket OpenMulticast(int port, byte[] group) => throw new System.NotSupportedException();

        public Socket OpenListener(int port) => null;
    }
}
