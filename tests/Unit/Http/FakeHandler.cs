using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

/// <summary>Answers every request with what the test put here, and notes what it was asked.</summary>
public sealed class FakeHandler : IHttpHandler
{
    private static readonly byte[] Extra = Octets.Of("X-Extra");

    /// <summary>How often it was asked.</summary>
    public int Calls { get; private set; }

    /// <summary>The last method.</summary>
    public HttpMethod Method { get; private set; }

    /// <summary>The last path.</summary>
    public string Path { get; private set; }

    /// <summary>The last body, null when there was none.</summary>
    public string Body { get; private set; }

    /// <summary>A text to answer with.</summary>
    public string Text { get; set; } = "hello";

    /// <summary>A status to answer with.</summary>
    public int Status { get; set; } = 200;

    /// <summary>A file to answer with, in place of the text.</summary>
    public LoaderReader Reader { get; set; }

    /// <summary>Whether that file can be read from any place.</summary>
    public bool Seekable { get; set; }

    /// <summary>How many pieces of <see cref="Text"/> make the body, 0 for a plain body.</summary>
    public int Pieces { get; set; }

    /// <summary>Steps that the answer takes to find out; 0: it is there at once.</summary>
    public int WorkSteps { get; set; }

    /// <summary>The value of a header line to add, null for none.</summary>
    public byte[] ExtraValue { get; set; }

    /// <summary>Whether it throws in the end.</summary>
    public bool Throws { get; set; }

    /// <summary>How often it finds no memory before it does.</summary>
    public int Starved { get; set; }

    /// <summary>A status to decline bodies with; 0: they are taken.</summary>
    public int Declines { get; set; }

    /// <summary>How often it was asked to take a body.</summary>
    public int Asked { get; private set; }

    public bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now)
    {
        Asked++;
        if (Declines != 0)
        {
            response.Text(Declines, "no");
            return false;
        }

        request.Intake = isLong ? new FakeIntake() : null;
        return true;
    }

    public void Handle(HttpRequest request, HttpResponse response, long now)
    {
        Calls++;
        Method = request.Method;
        Path = Octets.Text(request.Buffer, request.PathOffset, request.PathLength);
        var intake = request.Intake as FakeIntake;
        Body = intake != null
            ? intake.Taken.ToString() : request.Body == null ? null : Octets.Text(request.Body, request.BodyOffset, request.BodyLength);
        response.Status = Status;
        if (Reader != null)
        {
            response.ContentType = HttpContentTypes.Binary;
            response.Body(Reader, Seekable);
        }
        else if (Pieces > 0)
        {
            response.Body(new FakePieces(Octets.Of(Text), Pieces));
        }
        else if (WorkSteps > 0)
        {
            response.Work = new FakeWork(WorkSteps, Text);
        }
        else
        {
            byte[] bytes = Octets.Of(Text);
            response.Body(bytes, 0, bytes.Length);
        }

        if (Starved > 0)
        {
            Starved--;
            throw new System.OutOfMemoryException();
        }

        if (ExtraValue != null)
        {
            response.Header(Extra, ExtraValue);
        }

        if (Throws)
        {
            throw new System.Exception("out of ideas");
        }
    }
}
