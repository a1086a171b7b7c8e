using System.Text.RegularExpressions;

namespace Netboot.Tool.Mirror.Check;

/// <summary>
/// The settings of a script as far as its text tells them. One that is set to several values depends on the way through the script, so it
/// is known only between a line that sets it and the next label.
/// </summary>
internal sealed partial class ScriptSettings
{
    private readonly Dictionary<string, (string Value, int Block, bool Varies)> _settings = new(StringComparer.OrdinalIgnoreCase);
    private int _block;

    /// <summary>A label: from elsewhere, the script may come here with other values.</summary>
    public void NextBlock() => _block++;

    /// <summary>Sets a setting; its name may have a type behind a colon.</summary>
    public void Set(string name, string value)
    {
        string plain = name.Split(':')[0];
        string whole = Expand(value);
        bool varies = _settings.TryGetValue(plain, out var before) && (before.Varies || before.Value != whole);
        _settings[plain] = (whole, _block, varies);
    }

    /// <summary>Fills in what is known; the rest stays as it is.</summary>
    public string Expand(string text) => Setting().Replace(text, match =>
        _settings.TryGetValue(match.Groups[1].Value, out var setting) && (!setting.Varies || setting.Block == _block) ? setting.Value : match.Value);

    [GeneratedRegex(@"\$\{([^${}]+)\}")]
    private static partial Regex Setting();
}
