using Netboot.Bytes;

namespace Netboot.Tftp;

/// <content>What the time brings: the first answer, silence, sending again.</content>
public sealed partial class TftpTransfer
{
    /// <summary>First wait for an acknowledgement in milliseconds, when the client negotiated none (RFC 2349).</summary>
    public const int FirstInterval = 1000;

    /// <summary>Longest wait: the doubling stops here, unless the client asked for a longer one.</summary>
    public const int LongestInterval = 8000;

    /// <summary>Times that blocks are sent again without any answer: 1 + 2 + 4 + 8 + 8 + 8 s, longer than edk2 (4 s, 6 times) tries.</summary>
    public const int Retries = 5;

    /// <summary>
    /// Times that the first answer is sent again. The request may carry somebody else's address, so what it sets off is small: clients repeat
    /// their own requests and get an answer to each.
    /// </summary>
    public const int RetriesBeforeFirstAck = 2;

    /// <summary>
    /// Wait after an ACK that repeats an older one, before the window is sent again. Sending at once would let one duplicated ACK double
    /// every window from then on (sorcerer's apprentice, RFC 1123 4.2.3.1; edk2 answers every block it did not expect with an ACK). When the
    /// blocks did arrive, their ACK comes within this time and nothing is sent twice.
    /// </summary>
    public const int SettleTime = 100;

    /// <summary>Times that a window is sent again after duplicate ACKs, before only the timeout counts: a client that repeats itself for ever is not helped by more.</summary>
    public const int MostSettles = 5;

    // Texts are made when something went wrong: kept, they would take 70 bytes of the heap each.
    private static byte[] NotAnswering => Octets.Of("the machine does not answer");
    private static byte[] NotAcknowledged => Octets.Of("no acknowledgement");
    private static byte[] LastNotAcknowledged => Octets.Of("last block not acknowledged");

    /// <summary>The client sent its request once more: its answer may be lost, so it gets it again. Nothing happens once it acknowledged.</summary>
    public void RequestAgain()
    {
        if (_state == TftpState.Answering)
        {
            _tries = 0;
            _interval = _firstInterval;
            Rewind();
        }
    }

    // No block may be sent: is the first answer due, or has the client been silent for too long?
    private int Due(byte[] buffer, long now)
    {
        if (_state == TftpState.Opening)
        {
            return Answer(buffer, now);
        }

        if (_state >= TftpState.Done || _state == TftpState.Free)
        {
            return 0;
        }

        if (_answerDue)
        {
            _answerDue = false;
            _deadline = now + _interval;
            return _terms.Write(buffer, _size);
        }

        if (now >= _settled)
        {
            // No progress since the duplicate ACK: the block after it is lost.
            _settles++;
            _recovered = _highest;
        }
        else if (now < _deadline)
        {
            return 0;
        }
        else if (_tries == (_state == TftpState.Answering ? RetriesBeforeFirstAck : Retries))
        {
            Fail(NoError, _state == TftpState.Answering ? NotAnswering : _limit == _last ? LastNotAcknowledged : NotAcknowledged);
            return 0;
        }
        else
        {
            _tries++;
            _recovered = 0;
            if (_interval < LongestInterval)
            {
                _interval = _interval * 2 < LongestInterval ? _interval * 2 : LongestInterval;
            }
        }

        Rewind();
        return Next(buffer, now);
    }

    private void Rewind()
    {
        _settled = Never;
        _sent = _acked;
        _answerDue = _state == TftpState.Answering && _terms.Any;
        if (_answerDue)
        {
            _retransmits++;
        }
    }
}
