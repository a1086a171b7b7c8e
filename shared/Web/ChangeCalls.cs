using System;
using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>The calls that change something: all are POSTs with a token. What takes a while becomes a <see cref="PageJob"/>.</summary>
internal sealed class ChangeCalls
{
    /// <summary>Bytes of a field, of which the longest is a URL, with each of them escaped.</summary>
    private const int LongestField = SettingsLimits.CheckedUrl * 3;

    /// <summary>What is said of a form that lacks something.</summary>
    internal const string MissingField = "A field is missing or too long; see the documentation of this call.";

    private readonly DeviceApi _device;
    private LoginGuard _guard;

    internal ChangeCalls(DeviceApi device)
    {
        _device = device;
    }

    /// <summary>Answers a call that was admitted.</summary>
    internal void Answer(PageCall call, int session, HttpRequest request, HttpResponse response, long now)
    {
        switch (call)
        {
            case PageCall.LogIn:
            case PageCall.Reset:
                Password(call, "password", null, session, request, response, now);
                break;
            case PageCall.Claim:
                Password(call, null, "password", session, request, response, now);
                break;
            case PageCall.Password:
                Password(call, "old", "new", session, request, response, now);
                break;
            case PageCall.LogOut:
                _device.Sessions.End(session);
                Gate.SetCookie(response, _device.Sessions, Sessions.None);
                JsonAnswer.Send(response, 200, JsonAnswer.Ok());
                break;
            case PageCall.ReplaceSettings:
            case PageCall.Restore:
                Text(call == PageCall.Restore, request, response);
                break;
            case PageCall.CheckMirror:
                CheckMirror(request, response, now);
                break;
            case PageCall.Reboot:
                PageJob.Say(_device, request.RemoteAddress, "Restart");
                _device.RebootSoon(now);
                JsonAnswer.Send(response, 200, JsonAnswer.Ok());
                break;
            default:
                Form(call, request, response);
                break;
        }
    }

    // The calls that take fields.
    private void Form(PageCall call, HttpRequest request, HttpResponse response)
    {
        if (call == PageCall.SetKey)
        {
            SetKey(request, response);
            return;
        }

        string first = Field(request, call == PageCall.RemoveSection ? "section" : "mac");
        string profile = call == PageCall.Once ? Field(request, "profile") : "";
        if (first == null || profile == null)
        {
            JsonAnswer.Refuse(response, 400, MissingField);
            return;
        }

        switch (call)
        {
            case PageCall.RemoveSection:
                Change(new SectionRemoval(first), request, response, "removed [" + first + "]");
                break;
            case PageCall.Once:
                Change(new AssignChange(first, profile, true), request, response, "set the next boot of " + first + " to " + profile);
                break;
            case PageCall.Ignore:
                Change(new IgnoreChange(first), request, response, "ignores " + first);
                break;
            default:
                Wake(first, response);
                break;
        }
    }

    private void SetKey(HttpRequest request, HttpResponse response)
    {
        var form = request.Intake as FormIntake;
        if (form == null)
        {
            form = new FormIntake();
            Feed(form, request);
        }

        string[] words = form.Finish();
        if (words == null)
        {
            JsonAnswer.Refuse(response, 400, form.Refusal);
            return;
        }

        string others = words.Length == 3 ? "" : " and " + ((words.Length / 3) - 1).ToString() + " more";
        Change(ChangeOf(words), request, response, "set [" + words[0] + "] " + words[1] + others);
    }

    // A body that had room behind its head.
    private static void Feed(HttpIntake intake, HttpRequest request)
    {
        if (request.BodyLength > 0)
        {
            intake.Take(request.Body, request.BodyOffset, request.BodyLength);
        }
    }

    private void CheckMirror(HttpRequest request, HttpResponse response, long now)
    {
        string url = request.BodyLength == 0 ? "" : Field(request, "url");
        if (url == null)
        {
            JsonAnswer.Refuse(response, 400, "url: missing or too long.");
        }
        else if (!_device.MirrorCheck.Start(url, now))
        {
            JsonAnswer.Refuse(response, 409, "A check is already running.");
        }
        else
        {
            JsonAnswer.Send(response, 200, JsonAnswer.Ok());
        }
    }

    private static SettingsChange ChangeOf(string[] words)
    {
        const string Machine = "machine ";
        return words.Length == 3 && words[1] == "profile" && words[0].StartsWith(Machine)
            ? new AssignChange(words[0].Substring(Machine.Length, words[0].Length - Machine.Length), words[2], false)
            : new KeyChange(words);
    }

    private void Wake(string mac, HttpResponse response)
    {
        var bytes = new byte[MacText.Size];
        byte[] text = Octets.Of(mac);
        var error = new SettingsError();
        if (!MacText.Parse(text, 0, text.Length, bytes, 0))
        {
            JsonAnswer.Refuse(response, 400, "mac: expected an Ethernet address such as 52:54:00:12:34:56.");
        }
        else if (_device.Wake(bytes, error))
        {
            JsonAnswer.Send(response, 200, JsonAnswer.Ok());
        }
        else
        {
            JsonAnswer.Refuse(response, 409, error);
        }
    }

    private void Change(SettingsChange change, HttpRequest request, HttpResponse response, string what) =>
        response.Work = new SettingsJob(_device, change, request.RemoteAddress, what);

    /// <summary>
    /// Gives who takes a body that is too long for the connection's buffer; null, and the response says why: only settings are so long.
    /// </summary>
    internal HttpIntake Receive(PageCall call, int length, HttpResponse response)
    {
        if (call != PageCall.SetKey && call != PageCall.ReplaceSettings && call != PageCall.Restore)
        {
            JsonAnswer.Refuse(response, 413, "The text is too long for this call.");
            return null;
        }

        var error = new SettingsError();
        if (_device.HasMemoryForText(length, error))
        {
            return call == PageCall.SetKey ? new FormIntake() : (HttpIntake)new SettingsIntake(call == PageCall.Restore);
        }

        JsonAnswer.Refuse(response, 422, error);
        return null;
    }

    private void Text(bool restore, HttpRequest request, HttpResponse response)
    {
        var intake = request.Intake as SettingsIntake;
        if (intake == null)
        {
            intake = new SettingsIntake(restore);
            Feed(intake, request);
        }

        Change(new TextChange(intake.Reader), request, response, restore ? "restored a backup" : "replaced the settings");
    }

    private void Password(PageCall call, string present, string next, int session, HttpRequest request, HttpResponse response, long now)
    {
        _guard = _guard ?? new LoginGuard();
        byte[] password = present == null ? null : Secret(request, present);
        byte[] wanted = next == null ? null : Secret(request, next);
        if ((present != null && password == null) || (next != null && wanted == null))
        {
            JsonAnswer.Refuse(response, 400, "The password is missing or longer than " + SettingsLimits.Password.ToString()
                + " characters.");
            return;
        }

        var job = new PasswordJob(_device, _guard, call, request.RemoteAddress, password, wanted);
        int wait = call == PageCall.Claim ? 0 : _guard.Admit(request.RemoteAddress, session != Sessions.None, now);
        if (wait > 0)
        {
            // Told at once: who tries too often does not get to wait for others' jobs.
            job.TooOften(wait);
            job.State = JobState.Done;
        }

        response.Work = job;
    }

    private static byte[] Secret(HttpRequest request, string name)
    {
        // Room for the escapes: three bytes for one.
        var writer = new ByteWriter(SettingsLimits.Password * 3, SettingsLimits.Password * 3);
        if (!request.Form(Octets.Of(name), writer) || writer.Length > SettingsLimits.Password)
        {
            return null;
        }

        var secret = new byte[writer.Length];
        Array.Copy(writer.Buffer, 0, secret, 0, writer.Length);
        Array.Clear(writer.Buffer, 0, writer.Buffer.Length);
        return secret;
    }

    private static string Field(HttpRequest request, string name)
    {
        var writer = new ByteWriter(64, LongestField);
        return request.Form(Octets.Of(name), writer) ? writer.ToString() : null;
    }
}
