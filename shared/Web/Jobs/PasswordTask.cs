namespace Netboot.Web;

/// <summary>What a password is needed for.</summary>
internal enum PasswordTask
{
    /// <summary>To log in.</summary>
    LogIn,

    /// <summary>To set the first one, for which none is needed.</summary>
    Claim,

    /// <summary>To set another one.</summary>
    Change,

    /// <summary>To remove all settings.</summary>
    Reset,
}
