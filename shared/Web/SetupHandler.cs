using Netboot.Board;
using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Web;

/// <summary>
/// Answers on the set-up access point: the page, its form, and a redirect to the page for everything else, for the probes of phones end
/// here (the name server says that every name is this device). Changes need a POST, our own Host, no foreign Origin and the token of the
/// page: a page that another site put into the phone's browser has none of these.
/// </summary>
public sealed class SetupHandler : IHttpHandler
{
    /// <summary>Bytes of the token, 128 bits of randomness.</summary>
    private const int TokenBytes = 16;

    /// <summary>Longest value of a form: a Wi-Fi password of 63 characters, each with an escape.</summary>
    private const int LongestValue = 192;

    private readonly INetwork _network;
    private readonly INetworkSetup _setup;
    private readonly IBoard _board;
    private readonly IRandomness _randomness;
    private readonly int _port;
    private readonly ByteWriter _name = new ByteWriter(new byte[LongestValue]);
    private readonly ByteWriter _value = new ByteWriter(new byte[LongestValue]);
    private readonly ByteWriter _token = new ByteWriter(new byte[TokenBytes * 2]);

    /// <summary>A handler for the server on <paramref name="port"/>; what is entered goes to <paramref name="setup"/>.</summary>
    public SetupHandler(IBoard board, INetwork network, INetworkSetup setup, IRandomness randomness, int port)
    {
        _board = board;
        _network = network;
        _setup = setup;
        _randomness = randomness;
        _port = port;
        NewToken();
    }

    /// <summary>Whether a Wi-Fi was entered and stored: the device is to close its access point and restart.</summary>
    public bool Entered { get; private set; }

    /// <inheritdoc/>
    public bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now)
    {
        byte[] authority = Authority(response);
        if (authority == null || !Admits(request, response, authority))
        {
            return false;
        }

        if (isLong)
        {
            response.Text(413, "The text is too long for this device.");
        }

        return !isLong;
    }

    /// <inheritdoc/>
    public void Handle(HttpRequest request, HttpResponse response, long now)
    {
        byte[] authority = Authority(response);
        if (authority == null)
        {
            return;
        }

        if (request.Method == HttpMethod.Post)
        {
            Post(request, response, authority);
        }
        else if (request.HeaderIs(HttpHeader.Host, authority) && request.PathIs(Octets.Of("/")))
        {
            Page(response, Entered ? SetupPage.Done(_board.MacAddress) : SetupPage.Ask(null, null, _token), 200);
        }
        else
        {
            var target = new ByteWriter(32, 32);
            target.Text("http://").Raw(authority).Byte('/');
            response.Header(Octets.Of("Location"), target.Buffer, 0, target.Length);
            response.Text(302, "The set-up page is at another address.");
        }
    }

    // Null: there is none, and the response says so.
    private byte[] Authority(HttpResponse response)
    {
        byte[] address = _network.Address;
        if (address == null)
        {
            response.Text(503, "The device has no address right now.");
            return null;
        }

        return UrlAuthority.Of(address, _port);
    }

    // Whether a POST is for us and from our own page; if not, the response says why.
    private bool Admits(HttpRequest request, HttpResponse response, byte[] authority)
    {
        bool own = request.HeaderIs(HttpHeader.Host, authority);
        if (!own || !request.PathIs(Octets.Of("/setup")))
        {
            response.Text(own ? 404 : 421, "Nothing can be changed at this address.");
            return false;
        }

        bool foreign = request.Has(HttpHeader.Origin) && !Gate.IsOwnOrigin(request);
        if (foreign)
        {
            response.Text(403, "A page from another site cannot change this device.");
        }

        return !foreign;
    }

    private void Post(HttpRequest request, HttpResponse response, byte[] authority)
    {
        if (!Admits(request, response, authority))
        {
            return;
        }

        if (Entered)
        {
            Page(response, SetupPage.Done(_board.MacAddress), 200);
            return;
        }

        _name.Clear();
        request.Form(Octets.Of("network"), _name);
        if (!TakeToken(request))
        {
            Page(response, SetupPage.Ask(_name, "This page was out of date. Please try again.", _token), 403);
            return;
        }

        string error = Store(request);
        if (error != null)
        {
            Page(response, SetupPage.Ask(_name, error, _token), 422);
            return;
        }

        Entered = true;
        Page(response, SetupPage.Done(_board.MacAddress), 200);
    }

    private string Store(HttpRequest request)
    {
        if (_name.Length == 0)
        {
            return "Enter the name of the network.";
        }

        _value.Clear();
        if (!request.Form(Octets.Of("password"), _value))
        {
            return "The password cannot be read or is too long.";
        }

        if (Octets.IndexOf(_name.Buffer, 0, _name.Length, 0) >= 0 || Octets.IndexOf(_value.Buffer, 0, _value.Length, 0) >= 0)
        {
            return "A name or password cannot contain a NUL.";
        }

        string error = _setup.UseWifi(_name.ToString(), _value.ToString());

        // It is a secret, and this buffer lives on.
        System.Array.Clear(_value.Buffer, 0, _value.Buffer.Length);
        _value.Clear();
        return error;
    }

    /// <summary>Whether the form has the page's token. Either way it was used: a second guess meets another one.</summary>
    private bool TakeToken(HttpRequest request)
    {
        _value.Clear();
        bool good = request.Form(Octets.Of("token"), _value) && _value.Length == _token.Length;
        int difference = 0;
        for (int i = 0; good && i < _token.Length; i++)
        {
            difference |= _value.Buffer[i] ^ _token.Buffer[i];
        }

        NewToken();
        return good && difference == 0;
    }

    private void NewToken()
    {
        var random = new byte[TokenBytes];
        _randomness.Fill(random);
        _token.Clear();
        for (int i = 0; i < TokenBytes; i++)
        {
            _token.HexByte(random[i]);
        }
    }

    private void Page(HttpResponse response, ByteWriter page, int status)
    {
        response.Status = status;
        response.ContentType = HttpContentTypes.Html;
        response.Header(
            Octets.Of("Content-Security-Policy"),
            Octets.Of("default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"));
        response.Body(page);
    }
}
