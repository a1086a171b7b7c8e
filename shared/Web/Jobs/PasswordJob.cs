using System;
using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// What needs the page's password, or sets it: log-in, first claim, another password, factory reset. To check one takes a board half a
/// second, on purpose (<see cref="PagePassword.Iterations"/>); the main thread does it.
/// </summary>
internal sealed class PasswordJob : PageJob
{
    private readonly PageCall _call;
    private readonly LoginGuard _guard;
    private readonly byte[] _password;
    private readonly byte[] _next;
    private int _session = Sessions.None;
    private int _wait;

    /// <summary>
    /// A call of the computer at <paramref name="address"/>. <paramref name="password"/> is what was entered as the present one (null for
    /// a claim), <paramref name="next"/> as the new one (null where none is set).
    /// </summary>
    internal PasswordJob(DeviceApi device, LoginGuard guard, PageCall call, byte[] address, byte[] password, byte[] next)
        : base(device, address)
    {
        _guard = guard;
        _call = call;
        _password = password;
        _next = next;
    }

    /// <inheritdoc/>
    public override void Do(long now)
    {
        try
        {
            if (_call == PageCall.Claim ? MayClaim(now) : IsRight(now))
            {
                Finish(now);
            }
        }
        finally
        {
            // They are secrets, and memory is not cleared when it is given back.
            Clear(_password);
            Clear(_next);
        }
    }

    /// <inheritdoc/>
    protected override void Answer(HttpResponse response)
    {
        if (_wait > 0)
        {
            byte[] seconds = Octets.Of(_wait.ToString());
            response.Header(Octets.Of("Retry-After"), seconds);
        }

        if (_session != Sessions.None)
        {
            Gate.SetCookie(response, Device.Sessions, _session);
        }

        base.Answer(response);
    }

    private bool MayClaim(long now)
    {
        if (Device.AreSettingsLost)
        {
            Fail(403, Claim.Lost);
            return false;
        }

        if (!Claim.IsDue(Device))
        {
            Fail(409, "A password is already set: log in with it.");
            return false;
        }

        if (Claim.SecondsLeft(Device, now) == 0)
        {
            Fail(403, Claim.Advice);
            return false;
        }

        return true;
    }

    private bool IsRight(long now)
    {
        byte[] form = Device.Rules.Settings.Value(SettingsKey.PagePassword);
        if (form == null)
        {
            Fail(409, Device.AreSettingsLost ? Claim.Lost : "There is no password yet: set the first one.");
            return false;
        }

        // Looked at again: another one of the same address may have been wrong since this one was admitted.
        int wait = _guard.Wait(Address, now);
        if (wait > 0)
        {
            TooOften(wait);
            return false;
        }

        if (!PagePassword.Check(form, _password, 0, _password.Length))
        {
            _guard.Failed(Address, now);
            Say("Wrong password");
            Fail(403, "Wrong password.");
            return false;
        }

        _guard.Succeeded(Address);
        return true;
    }

    private void Finish(long now)
    {
        var error = new SettingsError();
        if (_call == PageCall.Reset)
        {
            Say("Factory reset");
            if (!Device.Erase(error))
            {
                Fail(500, error.ToString());
                return;
            }

            Device.RebootSoon(now);
            return;
        }

        if (_next != null)
        {
            error.Section = "page";
            error.Key = "password";
            if (!PagePassword.IsAllowed(_next, 0, _next.Length, error)
                || !Device.SetPassword(PagePassword.Create(_next, 0, _next.Length), error))
            {
                Fail(error);
                return;
            }

            IsMade = true;
            Say(_call == PageCall.Claim ? "The first password was set" : "The password was changed");
        }
        else
        {
            Say("Logged in");
        }

        // Who sets the first password is known from then on, too.
        _guard.Succeeded(Address);
        _session = Device.Sessions.Create(now);
        Json = SessionJson.Of(Device, _session, now);
    }

    /// <summary>The answer is that it was tried too often, and when to come again.</summary>
    internal void TooOften(int seconds)
    {
        _wait = seconds;
        Fail(429, "Too many wrong passwords. Try again in " + seconds.ToString() + " s.");
    }

    private static void Clear(byte[] secret)
    {
        if (secret != null)
        {
            Array.Clear(secret, 0, secret.Length);
        }
    }
}
