using System;
using System.IO;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tftp;

namespace Netboot.Boot;

/// <summary>
/// The catalogue of files that machines may fetch: the loaders by name, wherever their bytes are, and <c>autoexec.ipxe</c>. First hit wins:
/// a file on the board's storage, a loader in the firmware image, the mirror.
/// </summary>
public sealed class BootFiles : IBootFiles
{
    /// <summary>Longest name looked up; loaders' names are a third of that.</summary>
    public const int MaximumName = SettingsLimits.FileName;

    /// <summary>What iPXE asks for next to its loader; it is generated (iPXE 1.21 and later on UEFI).</summary>
    private const string Autoexec = "autoexec.ipxe";

    /// <summary>The most bytes of all loaders' lines together: the catalogue is one piece of an answer.</summary>
    private const int LongestCatalogue = 600;

    /// <summary>Digits of a built-in loader's hash that the catalogue shows: enough to tell any two builds apart.</summary>
    private const int HashDigits = 12;

    private readonly IStorage _storage;
    private readonly IFirmwareLoaders _loaders;
    private readonly Mirror _mirror;
    private readonly IOwnAddress _own;
    private readonly Log _log;
    private readonly byte[] _name = new byte[MaximumName];
    private readonly object _lock = new object();
    private byte[][] _names = new byte[0][];
    private bool[] _stored = new bool[0];
    private int[] _firmware = new int[0];
    private string _mirrorFolder;

    /// <summary>
    /// An empty catalogue over the board's sources; <see cref="Configure"/> fills it. <c>autoexec.ipxe</c> names <paramref name="own"/>'s
    /// address.
    /// </summary>
    public BootFiles(IStorage storage, IFirmwareLoaders loaders, Mirror mirror, IOwnAddress own, Log log)
    {
        _own = own;
        _log = log;
        _storage = storage;
        _loaders = loaders;
        _mirror = mirror;
    }

    /// <summary>
    /// Names the loaders that may be asked for, and looks where each is. <paramref name="names"/> are lower case;
    /// <paramref name="mirrorFolder"/> is the URL of the mirror's loaders with its last slash, or null. Call it again when settings or
    /// stored files change.
    /// </summary>
    public void Configure(byte[][] names, string mirrorFolder)
    {
        var stored = new bool[names.Length];
        var firmware = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string name = Octets.Text(names[i], 0, names[i].Length);
            stored[i] = IsStored(name);
            firmware[i] = -1;
            for (int j = 0; j < _loaders.Count; j++)
            {
                if (_loaders.Name(j) == name)
                {
                    firmware[i] = j;
                }
            }
        }

        lock (_lock)
        {
            _names = names;
            _stored = stored;
            _firmware = firmware;
            _mirrorFolder = mirrorFolder;
        }
    }

    /// <summary>Whether the device has, or can fetch, a loader of this name (lower case).</summary>
    public bool Has(byte[] name)
    {
        lock (_lock)
        {
            // Nearly always it is the very name that the catalogue was made with: compared as such, for every offer asks.
            byte[][] names = _names;
            int index = 0;
            while (index < names.Length && names[index] != name)
            {
                index++;
            }

            index = index < names.Length ? index : Find(name, name.Length);
            return index >= 0 && (_stored[index] || _firmware[index] >= 0 || _mirrorFolder != null);
        }
    }

    /// <summary>
    /// Writes a line for each loader that can be fetched: its name, its size when it is on the board, and where it is; of one that is built
    /// in the version and the start of the SHA-256 too.
    /// </summary>
    public void WriteCatalogue(ByteWriter writer)
    {
        var loader = new LoaderInfo();
        int start = writer.Length;
        for (int i = 0; Describe(i, loader); i++)
        {
            if (loader.Source == LoaderSource.Mirror)
            {
                continue;
            }

            if (writer.Length - start > LongestCatalogue)
            {
                writer.Text("and more\n");
                break;
            }

            writer.Raw(loader.Name).Text(", ").Number(loader.Length);
            if (loader.Source == LoaderSource.Storage)
            {
                writer.Text(" bytes, uploaded\n");
            }
            else
            {
                writer.Text(" bytes, built in, version ").Text(loader.Version).Text(", SHA-256 ").Text(loader.Hash.Substring(0, HashDigits))
                    .Byte('\n');
            }
        }

        string folder = _mirrorFolder;
        if (folder != null)
        {
            writer.Text("others: from ").Text(folder).Byte('\n');
            return;
        }

        writer.Text("missing:");
        for (int i = 0; Describe(i, loader) && writer.Length - start < LongestCatalogue; i++)
        {
            if (loader.Source == LoaderSource.Mirror)
            {
                writer.Byte(' ').Raw(loader.Name);
            }
        }

        writer.Text("\nMachines that need these get no answer: put them in the mirror's loaders folder ([mirror] url, loaders).\nThey are ");
        writer.Text(LoaderNames.Sources).Byte('\n');
    }

    /// <summary>
    /// The loader of one of the <see cref="LoaderNames.Usual"/> platforms that the device neither has nor can fetch, or null.
    /// </summary>
    public byte[] Missing(int index, DeviceSettings settings)
    {
        Platform platform = LoaderNames.UsualPlatform(index);
        byte[] name = settings.Loader(platform) ?? Platforms.LoaderOf(platform);
        return Has(name) ? null : name;
    }

    /// <summary>
    /// Tells of loader <paramref name="index"/> of the catalogue, whether the device has it or not; false when there are no more.
    /// </summary>
    public bool Describe(int index, LoaderInfo loader)
    {
        lock (_lock)
        {
            if (index >= _names.Length)
            {
                return false;
            }

            int firmware = _firmware[index];
            bool stored = _stored[index];
            bool builtIn = !stored && firmware >= 0;
            loader.Name = _names[index];
            loader.Source = stored ? LoaderSource.Storage : builtIn ? LoaderSource.Firmware : LoaderSource.Mirror;
            loader.Length = stored
                ? _storage.Length(Octets.Text(loader.Name, 0, loader.Name.Length)) : builtIn ? _loaders.Length(firmware) : -1;
            loader.Version = builtIn ? _loaders.Version(firmware) : null;
            loader.Hash = builtIn ? _loaders.Hash(firmware) : null;
            return true;
        }
    }

    /// <inheritdoc/>
    public LoaderReader Open(byte[] name, int offset, int length)
    {
        lock (_lock)
        {
            int count = Normalise(name, offset, length);
            if (Octets.Is(_name, 0, count, Autoexec))
            {
                byte[] authority = _own.Authority;
                if (authority == null)
                {
                    return null;
                }

                return new ScriptReader(authority);
            }

            int index = Find(_name, count);
            if (index < 0)
            {
                return null;
            }

            string text = Octets.Text(_name, 0, count);
            if (_stored[index])
            {
                Stream stream = _storage.OpenRead(text);
                if (stream != null)
                {
                    return new StoredReader(stream, _storage.Length(text));
                }
            }

            if (_firmware[index] >= 0)
            {
                return new FirmwareReader(_loaders, _firmware[index]);
            }

            return _mirrorFolder == null ? null : _mirror.Open(_mirrorFolder + text);
        }
    }

    /// <summary>
    /// A file of the mirror that no machine asks for, by its URL; it takes its turn among the streams of those that boot.
    /// </summary>
    public LoaderReader OpenOnMirror(string url) => _mirror.Open(url);

    private bool IsStored(string name)
    {
        try
        {
            return _storage.Length(name) > 0;
        }
        catch (Exception e)
        {
            // A flash that cannot be read holds no loaders; those of the firmware and the mirror still boot machines.
            _log.Add(Subsystem.Init, LogEvent.Fault, 0, "storage: " + e.Message);
            return false;
        }
    }

    /// <summary>
    /// The last part of the name in lower case, in <see cref="_name"/>; gives its length, 0 for one that is too long. Some ROMs add 0xFF or
    /// spaces (field notes D4-5), write back-slashes or put a folder before it (D4-6).
    /// </summary>
    private int Normalise(byte[] name, int offset, int length)
    {
        int end = offset + length;
        while (end > offset && (name[end - 1] == 0xFF || name[end - 1] == ' ' || name[end - 1] == 0))
        {
            end--;
        }

        int start = end;
        while (start > offset && name[start - 1] != '/' && name[start - 1] != '\\')
        {
            start--;
        }

        if (end - start > MaximumName)
        {
            return 0;
        }

        for (int i = start; i < end; i++)
        {
            _name[i - start] = Octets.ToLower(name[i]);
        }

        return end - start;
    }

    private int Find(byte[] name, int length)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            if (Octets.Is(name, 0, length, _names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
