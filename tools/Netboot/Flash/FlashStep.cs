namespace Netboot.Tool.Flash;

/// <summary>What a run of nanoff is for.</summary>
internal enum StepKind
{
    /// <summary>nanoFramework's firmware and partition table.</summary>
    Update,

    /// <summary>The application's image.</summary>
    Deploy,

    /// <summary>Address and Wi-Fi, through the running firmware.</summary>
    Network,

    /// <summary>The certificate of the authority that the board trusts, through the running firmware.</summary>
    Authority,

    /// <summary>The settings file, through the running firmware.</summary>
    Files,
}

/// <summary>One run of nanoff.</summary>
internal sealed record FlashStep(StepKind Kind, string Title, TimeSpan Limit, IReadOnlyList<string> Arguments)
{
    /// <summary>Whether it needs the chip's boot loader (else it needs the running firmware).</summary>
    public bool UsesBootLoader => Kind is StepKind.Update or StepKind.Deploy;
}

/// <summary>A file that nanoff reads and that may hold secrets.</summary>
internal sealed record SecretFile(string Name, string Content, string Masked);
