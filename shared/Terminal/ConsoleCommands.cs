using Netboot.Bytes;

namespace Netboot.Terminal;

/// <summary>
/// The one table of commands: name, arguments, what it does. It is made when it is asked for; 3 KB of heap are too much to keep.
/// </summary>
public sealed class ConsoleCommands
{
    /// <summary>How many commands there are.</summary>
    public const int Count = (int)ConsoleCommand.FactoryReset + 1;

    /// <summary>A name with so many letters wrong is still taken for a slip.</summary>
    private const int Slips = 2;

    /// <summary>Longer words are no slips of a command's name.</summary>
    private const int LongestGuess = 16;

    // In the listing, where the explanation begins.
    private const int HelpColumn = 46;

    private readonly string[] _names = new string[Count];
    private readonly string[] _arguments = new string[Count];
    private readonly string[] _help = new string[Count];
    private int _count;

    /// <summary>Makes the table.</summary>
    public ConsoleCommands()
    {
        Add("help", "[COMMAND]", "lists the commands");
        Add("status", "", "shows what the device is doing and its last log lines");
        Add("machines", "", "lists the machines: their profiles, how they boot, and what is wrong");
        Add("why", "MAC|NAME", "shows a machine's last boots, stage by stage");
        Add("wake", "MAC|NAME", "turns a machine on with Wake-on-LAN");
        Add("machine", "MAC|NAME [KEY VALUE | once PROFILE | let-in | remove]", "shows, adds, changes or removes a machine");
        Add("profile", "[NAME [KEY [+] VALUE | remove]]", "lists, shows, adds, changes or removes profiles; + adds a value to a list");
        Add("show", "[SECTION [NAME]]", "shows the settings");
        Add("set", "SECTION.KEY [[+] VALUE]", "changes a setting, such as: set mirror.url http://nas/ (\"\" removes it)");
        Add("loaders", "", "lists the loader files");
        Add("log", "[LINES | follow]", "shows the last log lines, or new ones until a key is pressed");
        Add("net", "[dhcp | static IP MASK GATEWAY [DNS] | wifi NAME]", "shows or sets the board's address and Wi-Fi");
        Add("password", "", "sets the password of the web page");
        Add("backup", "", "prints the settings, without the password, for you to copy");
        Add("restore", "", "replaces all settings with those that you paste");
        Add("reboot", "", "restarts the device");
        Add("factory-reset", "", "erases all settings and the password; keeps the network settings");
    }

    /// <summary>The command of that name (any case), or -1.</summary>
    public int Find(string name)
    {
        byte[] bytes = Octets.Of(name);
        for (int i = 0; i < Count; i++)
        {
            if (Octets.IsIgnoreCase(bytes, 0, bytes.Length, Octets.Of(_names[i])))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The name of a command.</summary>
    public string Name(int command) => _names[command];

    /// <summary>The name that was probably meant, or null.</summary>
    public string Nearest(string name)
    {
        byte[] bytes = Octets.Of(name);
        if (bytes.Length > LongestGuess)
        {
            return null;
        }

        string nearest = null;
        int least = Slips + 1;
        for (int i = 0; i < Count; i++)
        {
            byte[] candidate = Octets.Of(_names[i]);
            int distance = Distance(bytes, candidate);

            // In a name of three letters two wrong ones leave nothing.
            if (distance < least && distance < candidate.Length - 1)
            {
                least = distance;
                nearest = _names[i];
            }
        }

        return nearest;
    }

    /// <summary>Writes how a command is used: <c>log [LINES | follow]</c>.</summary>
    public void WriteUsage(int command, ByteWriter writer)
    {
        writer.Text(_names[command]);
        if (_arguments[command] != "")
        {
            writer.Byte(' ').Text(_arguments[command]);
        }
    }

    /// <summary>Writes the line of one command. What is too long for its column puts the explanation on the next line.</summary>
    public void WriteHelp(int command, ByteWriter writer)
    {
        int start = writer.Length;
        WriteUsage(command, writer);
        if (writer.Length - start >= HelpColumn)
        {
            writer.Byte('\n');
            start = writer.Length;
        }

        while (writer.Length - start < HelpColumn)
        {
            writer.Byte(' ');
        }

        writer.Text(_help[command]).Byte('\n');
    }

    // How many letters have to be put in, taken out or changed to make one of the other.
    private static int Distance(byte[] a, byte[] b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (Octets.ToLower(a[i - 1]) == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                int best = row[j] + 1 < change ? row[j] + 1 : change;
                row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            }
        }

        return row[b.Length];
    }

    private void Add(string name, string arguments, string help)
    {
        _names[_count] = name;
        _arguments[_count] = arguments;
        _help[_count++] = help;
    }
}
