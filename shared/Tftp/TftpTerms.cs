namespace Netboot.Tftp;

/// <summary>What client and board agreed on: the options of the request as far as they are granted (RFC 2347: only what was asked is answered).</summary>
public sealed class TftpTerms
{
    private bool _blockSizeAsked;
    private bool _windowAsked;
    private bool _sizeAsked;

    /// <summary>Bytes in a block: what was asked, down to what fits an Ethernet frame; 512 without the option.</summary>
    public int BlockSize { get; private set; }

    /// <summary>Blocks sent before an acknowledgement is waited for; 1 without the option.</summary>
    public int Window { get; private set; }

    /// <summary>Seconds before something is sent again (RFC 2349: exactly as asked), or 0 without the option.</summary>
    public int Timeout { get; private set; }

    /// <summary>Whether an OACK comes before the first block.</summary>
    public bool Any
    {
        get { return _blockSizeAsked || _windowAsked || _sizeAsked || Timeout > 0; }
    }

    /// <summary>Grants what can be granted of a request.</summary>
    public void Grant(TftpRequest request)
    {
        _blockSizeAsked = request.BlockSize > 0;
        _windowAsked = request.WindowSize > 0;
        _sizeAsked = request.WantsSize;
        Timeout = request.Timeout;
        BlockSize = !_blockSizeAsked ? TftpPackets.DefaultBlockSize : AtMost(request.BlockSize, TftpPackets.LargestGranted);
        Window = !_windowAsked ? 1 : AtMost(request.WindowSize, TftpPackets.LargestWindow);
    }

    /// <summary>The size will never be known: the option is left out.</summary>
    public void RefuseSize()
    {
        _sizeAsked = false;
    }

    /// <summary>Writes the OACK and gives its length.</summary>
    public int Write(byte[] buffer, int size)
    {
        int at = TftpPackets.BeginOptionAck(buffer);
        if (_blockSizeAsked)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.BlockSizeOption, BlockSize);
        }

        if (Timeout > 0)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.TimeoutOption, Timeout);
        }

        if (_sizeAsked)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.SizeOption, size);
        }

        if (_windowAsked)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.WindowOption, Window);
        }

        return at;
    }

    private static int AtMost(int value, int limit)
    {
        return value < limit ? value : limit;
    }
}
