using Netboot.FirmwareImage.Boards;

namespace Netboot.Tool.Flash;

/// <summary>Everything about a request that is decided before a board is touched.</summary>
internal sealed record FlashChoices(BoardKind Board, string Port, string Image, bool Psram, bool BuildsImage, NetworkSettings? Network,
    BoardSettings? Settings, string? Authority)
{
    /// <summary>
    /// Checks the request and fills in what it leaves open. Throws <see cref="FlashRefusedException"/> with what is wrong.
    /// </summary>
    public static FlashChoices Make(FlashRequest request, FlashSurroundings around)
    {
        BoardKind board = BoardTable.Current.Find(request.Board)
            ?? throw new FlashRefusedException($"--board: there is no '{request.Board}'. There are:{Environment.NewLine}{BoardTable.Current.List()}");
        if (request is { ConfigOnly: true, WritesNetwork: false, WritesSettings: false, Authority: null })
        {
            throw new FlashRefusedException("--config sends settings, the network configuration, or both: give --settings, --mirror, --name, --password, --ca, --address, --dhcp or --wifi-ssid.");
        }

        if (request.Keep
            && (request.ConfigOnly || request.Settings != null || request.Mirror != null || request.Name != null || request.Address != null
            || request.WifiName != null))
        {
            throw new FlashRefusedException("--keep leaves settings and network as they are on the board; leave out the options that change them.");
        }

        if (request.Target != null && !board.TakesTarget(request.Target))
        {
            throw new FlashRefusedException($"--target {request.Target} is for a different chip than the {board.Chip} of {board.Name}.");
        }

        // The cheap checks first: nobody should type a password for a run that cannot start.
        string? authority = request.Authority == null
            ? null : AuthorityFile.Read(request.Authority, board, request.Target, around.Time.GetUtcNow());
        BoardSettings? settings = request.WritesSettings ? MakeSettings(request, board, around) : null;
        FixedAddress? address = NetworkSettings.Parse(request.Address, request.Mask, request.Gateway, request.Dns);
        if (address != null && request.Dhcp)
        {
            throw new FlashRefusedException("--address and --dhcp exclude each other: give one of them.");
        }

        string port = ChoosePort(request, around);
        bool psram = board.TakesPsramImage(request.Target);
        (string image, bool builds) = request.ConfigOnly ? ("", false) : ImageFile.Locate(request.Image, psram);
        NetworkSettings? network = request.WritesNetwork ? new NetworkSettings(address, MakeWifi(request, board, around)) : null;
        return new FlashChoices(board, port, image, psram, builds, network, settings, authority);
    }

    /// <summary>The runs of nanoff, with files in <paramref name="folder"/>.</summary>
    public FlashPlan Plan(FlashRequest request, string folder) =>
        FlashPlan.Make(request, Board, Port, Image, Network, Settings, Authority, folder);

    private static string ChoosePort(FlashRequest request, FlashSurroundings around)
    {
        if (request.Port != null)
        {
            return request.Port;
        }

        try
        {
            return PortChoice.Choose(around.Ports.Names());
        }
        catch (FlashRefusedException) when (request.WhatIf)
        {
            // Nothing is opened: the commands are shown with a name in the port's place.
            return PortChoice.Unknown;
        }
    }

    private static BoardSettings MakeSettings(FlashRequest request, BoardKind board, FlashSurroundings around)
    {
        string? text = null;
        if (request.Settings != null)
        {
            try
            {
                text = File.ReadAllText(request.Settings);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new FlashRefusedException($"--settings: {e.Message}");
            }
        }

        string? password = request.Password == PagePassword.FromVariable
            ? NotEmpty(around.Variable(PagePassword.Variable))
            ?? throw new FlashRefusedException($"--password {PagePassword.FromVariable}: {PagePassword.Variable} is not set.")
            : request.Password;
        BoardSettings settings = BoardSettings.Make(text, request.Settings, request.Mirror, request.Name, password, board.Wiring,
            BoardTable.Current.Default(request.Target ?? board.Target));
        around.Secrets.Add(settings.Password);
        return settings;
    }

    private static WifiNetwork? MakeWifi(FlashRequest request, BoardKind board, FlashSurroundings around)
    {
        if (board.Wiring.HasEthernet)
        {
            return request.WifiName == null
                ? null
                : throw new FlashRefusedException($"{board.Title} has Ethernet: leave out --wifi-ssid. On some boards Wi-Fi disturbs Ethernet.");
        }

        string name = request.WifiName
            ?? (request.WhatIf
                ? "WIFI-NAME" : around.Person.IsThere ? around.Person.Ask("Name of the Wi-Fi network:")
                : throw new FlashRefusedException($"{board.Title} uses Wi-Fi: give --wifi-ssid."));
        string password = request.WifiPassword
            ?? around.Variable(NetworkSettings.WifiVariable)
            ?? (request.WhatIf ? Secrets.Cover
                : around.Person.IsThere ? around.Person.AskSecret($"Password of the Wi-Fi '{name}' (empty: open):")
                : throw new FlashRefusedException($"The Wi-Fi's password is missing: set {NetworkSettings.WifiVariable}, or run this in a terminal to be asked. (For an open network: --wifi-password \"\".)"));
        var wifi = new WifiNetwork(name, password);
        around.Secrets.Add(password);
        return NetworkSettings.Refusal(wifi) is { } refusal ? throw new FlashRefusedException(refusal) : wifi;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
