using System.Text;

namespace Netboot.Tool.Flash;

/// <summary>A settings text, split into the page's section, which holds the password, and everything else.</summary>
internal sealed record SettingsParts(string WithoutPage, string? Password, string OtherPageLines)
{
    /// <summary>
    /// Splits a text. The page's section leaves empty lines in the rest, so that line numbers in messages stay right.
    /// </summary>
    public static SettingsParts Of(string text)
    {
        var rest = new StringBuilder();
        var others = new StringBuilder();
        string? password = null;
        bool inPage = false;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.StartsWith('['))
            {
                inPage = string.Equals(trimmed.Trim('[', ']', ' ', '\t'), PagePassword.Section, StringComparison.OrdinalIgnoreCase);
            }

            if (!inPage)
            {
                rest.Append(line);
            }
            else if (!trimmed.StartsWith('['))
            {
                if (ValueOf(trimmed) is { } value)
                {
                    password = value;
                }
                else if (trimmed.Length > 0)
                {
                    others.Append(line).Append('\n');
                }
            }

            rest.Append('\n');
        }

        return new SettingsParts(rest.ToString(), password, others.ToString());
    }

    private static string? ValueOf(string line)
    {
        int equals = line.IndexOf('=');
        if (equals < 0 || !string.Equals(line[..equals].Trim(), PagePassword.Key, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string value = line[(equals + 1)..].Trim();
        int comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
