using System;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Http;

/// <summary>What a connection does from the complete request until its answer begins to leave.</summary>
public sealed partial class HttpConnection
{
    // After HEAD the connection stays open: firmware before 2022 sends the GET that follows by the same one, and fails when it is closed
    // (edk2#9920).
    private bool Stays =>
        _request.Method == HttpMethod.Head && _request.Minor > 0 && (_request.Flags & HttpRequest.Closes) == 0 && !_reception.Unread
        && !_refused;

    private void Handle(long now)
    {
        _counts[Counter.HttpRequests]++;
        try
        {
            try
            {
                _handler.Handle(_request, _response, now);
            }
            catch (OutOfMemoryException)
            {
                // What only asks can be asked again, once there is room; what changes something may have been half done.
                if (_request.Method == HttpMethod.Post)
                {
                    throw;
                }

                Memory.Collect();
                _response.Start();
                _handler.Handle(_request, _response, now);
            }
        }
        catch (OutOfMemoryException)
        {
            Starve();
        }
        catch (Exception e)
        {
            // Whatever went wrong in there, the client is told and the server goes on.
            _journal.Fault(e);
            _response.Start();
            _response.Text(500, "Internal error. See the device's log.");
        }

        _reception.ReleaseBody();
    }

    // The machines that boot have the memory. iPXE and browsers come again when they are told when.
    private void Starve()
    {
        Memory.Collect();
        _response.Start();
        _response.Refuse(503, HttpReception.TooLittleMemory);
        _refused = true;
    }

    private bool Wait(long now)
    {
        bool settled;
        try
        {
            HttpWork work = _response.Work;
            if (work != null)
            {
                if (!work.Step(_response, now))
                {
                    if (now - _since < HttpLimits.SourceTimeout || !work.GiveUp())
                    {
                        return false;
                    }

                    _counts[Counter.HttpLate]++;
                    _response.Text(504, "The device is busy with something else.");
                }

                _response.Work = null;
            }

            settled = _answer.Settle(_request, _response);
        }
        catch (OutOfMemoryException)
        {
            Starve();
            settled = _answer.Settle(_request, _response);
        }
        catch (Exception e)
        {
            // The reader threw; nothing is sent yet, so the client can still be told.
            _journal.Fault(e);
            _response.Start();
            _response.Text(500, "The file cannot be read. See the device's log.");
            settled = _answer.Settle(_request, _response);
        }

        if (!settled)
        {
            if (now - _since < HttpLimits.SourceTimeout)
            {
                return false;
            }

            _counts[Counter.HttpLate]++;
            _response.Text(504, "The source of the file does not answer.");
            _answer.Settle(_request, _response);
        }

        _journal.Answered(_request, _response, _refused, now - _opened);
        _answer.Compose(_request.Method, _response, Stays);
        _state = Sending;
        _since = now;
        _moved = now;
        _keeps = now + HttpLimits.SendAge;
        _progress = HttpProgress.Sent;
        return Send(now);
    }
}
