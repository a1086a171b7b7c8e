using System.Text;
using Netboot.Settings;

namespace Netboot.Tool.Import;

/// <summary>The profile that something of another server becomes: its keys in their order, and what its owner has to know.</summary>
internal sealed class ImportedProfile
{
    /// <summary>What to do with a script that cannot become the keys of a profile.</summary>
    public const string PutScriptOnMirror = "Put the script on the mirror, and make a profile with its URL: script = …";

    private readonly List<(string Key, string Value)> _keys = [];
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private bool _onMirror;

    /// <summary>What to do besides: files that have to be on the mirror, parts that mean nothing here.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void Add(string key, string value)
    {
        if (value.StartsWith('#') || value.Contains(" #", StringComparison.Ordinal))
        {
            throw new ImportException($"{key}: a word that begins with # would begin a comment, in the settings and in iPXE.");
        }

        _keys.Add((key, value));
    }

    public void Note(string text)
    {
        if (!_notes.Contains(text))
        {
            _notes.Add(text);
        }
    }

    /// <summary>
    /// A file as a URL of the settings: itself when it is one. A file of the other server's disk is on the mirror here, by its last name.
    /// </summary>
    public string File(string path)
    {
        string file = path.StartsWith("file://", StringComparison.Ordinal) ? path["file://".Length..] : path;
        if (file.Contains("://", StringComparison.Ordinal))
        {
            if (file.StartsWith("https://", StringComparison.Ordinal))
            {
                Note($"{file}: not every iPXE can fetch https (Debian 12's cannot). Put the file on the mirror, or give machines a loader "
                    + "that can.");
            }

            return file;
        }

        string name = file[(file.LastIndexOf('/') + 1)..];
        if (name.Length == 0 || file.Contains("${", StringComparison.Ordinal))
        {
            throw new ImportException(
                $"{path}: which file this is only the other server's configuration knows. Build it, and put the built file's path here.");
        }

        if (!_files.TryAdd(name, file) && _files[name] != file)
        {
            throw new ImportException(
                $"{_files[name]} and {file} have the same name, and cannot both be in the mirror's folder. Rename one.");
        }

        _onMirror = true;
        Note($"Put {file} into the mirror's folder as {name}.");
        return Uri.EscapeDataString(name);
    }

    /// <summary>A file of a script: a URL, or relative to the script's own, which becomes the mirror's.</summary>
    public string Relative(string url)
    {
        if (url.Contains("://", StringComparison.Ordinal))
        {
            return File(url);
        }

        if (url.Contains("${", StringComparison.Ordinal))
        {
            throw new ImportException($"{url}: only a machine knows what this is. {PutScriptOnMirror}");
        }

        _onMirror = true;
        Note($"{url} is relative to the script. Here it is relative to the mirror's URL.");
        return url;
    }

    /// <summary>
    /// A server that says what each machine boots, as Pixiecore's mode "api" has it. An address of Pixiecore's own machine is none that the
    /// device can ask.
    /// </summary>
    public void Api(string url)
    {
        string address = url.Contains("://", StringComparison.Ordinal) ? url : "http://" + url;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? server) || server.Scheme is not ("http" or "https"))
        {
            throw new ImportException($"api: {url} is no http:// address of a server.");
        }

        Add("api", address);
        if (server.IsLoopback)
        {
            Note($"{server.Host} is the machine that Pixiecore ran on: write its address in its place.");
        }
    }

    /// <summary>
    /// Pixiecore's <c>{{ URL "path" }}</c> and <c>{{ ID "path" }}</c> are files of its disk too; all else of a command line stays.
    /// </summary>
    public string CommandLine(string line)
    {
        var written = new StringBuilder();
        int position = 0;
        while (line.IndexOf("{{", position, StringComparison.Ordinal) is >= 0 and var start)
        {
            int end = line.IndexOf("}}", start, StringComparison.Ordinal);
            string[] parts = end < 0 ? [] : line[(start + 2)..end].Split('"');
            if (parts.Length != 3 || parts[0].Trim() is not ("URL" or "ID"))
            {
                throw new ImportException(
                    $"command line: {line[start..]} is no template of Pixiecore's: {{{{ URL \"file\" }}}} or {{{{ ID \"file\" }}}}.");
            }

            written.Append(line, position, start - position).Append("{{ URL \"").Append(File(parts[1])).Append("\" }}");
            position = end + 2;
        }

        string filled = written.Append(line, position, line.Length - position).ToString();
        return string.Join(' ', filled.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// The section of the settings, as the device itself would take it. Throws <see cref="ImportException"/> with what it would refuse.
    /// </summary>
    public string Section(string name)
    {
        var text = new StringBuilder($"[profile {name}]\n");
        foreach ((string key, string value) in _keys)
        {
            text.Append(key).Append(" = ").Append(value).Append('\n');
        }

        byte[] bytes = Encoding.UTF8.GetBytes((_onMirror ? "[mirror]\nurl = http://mirror/\n" : "") + text);
        var error = new SettingsError();
        return SettingsText.Parse(bytes, 0, bytes.Length, error) != null ? text.ToString()
            : throw new ImportException($"{(error.Key is { } at ? at + ": " : "")}{error.Message}");
    }
}

/// <summary>What cannot be imported, and what to do instead.</summary>
internal sealed class ImportException(string message) : Exception(message);
