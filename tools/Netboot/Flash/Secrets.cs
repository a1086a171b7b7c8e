namespace Netboot.Tool.Flash;

/// <summary>What must never be printed: every line that leaves the tool goes through <see cref="Mask"/>.</summary>
internal sealed class Secrets
{
    /// <summary>Replaces a secret: always of the same length, so that not even the secret's length shows.</summary>
    public const string Cover = "********";

    private readonly List<string> _secrets = [];

    /// <summary>Remembers a secret; null and empty ones are ignored.</summary>
    public void Add(string? secret)
    {
        if (!string.IsNullOrEmpty(secret) && !_secrets.Contains(secret))
        {
            _secrets.Add(secret);

            // The longest first: one secret may be part of another.
            _secrets.Sort((a, b) => b.Length.CompareTo(a.Length));
        }
    }

    /// <summary>The text with every secret masked.</summary>
    public string Mask(string text) =>
        _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, Cover, StringComparison.Ordinal));
}
