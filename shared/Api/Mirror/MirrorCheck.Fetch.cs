using System;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;

namespace Netboot.Api;

/// <content>The thread that fetches: what is kept of the answer, and measured.</content>
public sealed partial class MirrorCheck
{
    /// <summary>Longest time to read: who looks at the page waits for it.</summary>
    internal const int ReadMilliseconds = 10000;

    /// <summary>Most that is read: enough to tell how fast it comes, and a board's own network is busy with machines.</summary>
    internal const int MostBytes = 2 * 1024 * 1024;

    private const int BufferSize = Memory.LargestBuffer;

    private long _started;
    private long _answered;
    private bool _reading;
    private string _fault;

    private void Run()
    {
        try
        {
            Fetch fetch = Fetch.Of(_url, _device.Log);
            lock (_lock)
            {
                _fetch = fetch;
            }

            if (fetch.Open(_url))
            {
                bool loader = IsLoader();
                Answered(fetch, fetch.HasFile(loader));
                if (_reading)
                {
                    Read(fetch, loader);
                }
            }
        }
        catch (Exception e)
        {
            // Whatever it was: a thread that throws takes the check's state with it.
            Memory.Collect();
            _fault = FaultText.Of(e);
        }

        try
        {
            Conclude();
        }
        catch (Exception e)
        {
            // No memory for the text. The state must not stay "running" for ever.
            Ok = false;
            _text = FaultText.Of(e);
        }

        Fetch fetched = _fetch;
        _fetch = null;
        try
        {
            if (fetched != null)
            {
                fetched.Close();
            }
        }
        catch (Exception e)
        {
            Ok = false;
            _text = FaultText.Of(e);
        }
        finally
        {
            State = MirrorCheckState.Done;
        }
    }

    // What a machine's firmware would be streamed is judged as its stream judges it.
    private bool IsLoader() => _device.Files.Has(Octets.Of(_url.Substring(_url.LastIndexOf('/') + 1)));

    private void Answered(Fetch fetch, bool file)
    {
        lock (_lock)
        {
            Status = fetch.Status;
            Length = fetch.Length;
            _answered = DeviceClock.Now;
            AnswerMilliseconds = (int)(_answered - _started);
            _reading = file;
        }
    }

    private void Read(Fetch fetch, bool loader)
    {
        byte[] buffer = Memory.Take(BufferSize);
        long most = Length >= 0 && Length < MostBytes ? Length : MostBytes;
        while (Bytes < most && DeviceClock.Now - _answered < ReadMilliseconds)
        {
            // The beginning is kept together: it tells what the file is, in however small pieces it comes.
            int offset = Bytes < BufferSize ? Bytes : 0;
            int room = BufferSize - offset;
            int count = fetch.Read(buffer, offset, most - Bytes < room ? (int)(most - Bytes) : room,
                ReadMilliseconds - (int)(DeviceClock.Now - _answered));
            if (count <= 0)
            {
                return;
            }

            lock (_lock)
            {
                if (Bytes < BufferSize)
                {
                    Script = Octets.StartsWith(buffer, 0, offset + count, "#!ipxe");
                    fetch.BeginsAsFile(buffer, offset + count, loader);
                }

                Bytes += count;
            }
        }
    }
}
