namespace Netboot.Tftp;

/// <content>
/// What board and client agree on: the options of the request as far as they are granted (RFC 2347: only what was asked is answered).
/// </content>
public sealed partial class TftpTransfer
{
    // Whether an OACK comes before the first block.
    private bool AnyOption => (_n[Flags] & (BlockSizeAsked | WindowAsked | SizeAsked)) != 0 || _n[Timeout] > 0;

    // Grants what can be granted: blocks down to what fits an Ethernet frame, the timeout exactly as asked (RFC 2349).
    private void Grant(TftpRequest request)
    {
        int[] n = _n;
        bool block = request.BlockSize > 0;
        bool window = request.WindowSize > 0;
        n[Flags] = (block ? BlockSizeAsked : 0) | (window ? WindowAsked : 0) | (request.WantsSize ? SizeAsked : 0);
        n[Timeout] = request.Timeout;
        n[BlockSize] = !block ? TftpPackets.DefaultBlockSize : AtMost(request.BlockSize, TftpPackets.LargestGranted);
        n[Window] = !window ? 1 : AtMost(request.WindowSize, TftpPackets.LargestWindow);
        n[UsualInterval] = request.Timeout > 0 ? request.Timeout * 1000 : FirstInterval;
        n[Interval] = n[UsualInterval];
    }

    // Writes the OACK and gives its length.
    private int WriteOptions(byte[] buffer)
    {
        int[] n = _n;
        int asked = n[Flags];
        int at = TftpPackets.BeginOptionAck(buffer);
        if ((asked & BlockSizeAsked) != 0)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.BlockSizeOption, n[BlockSize]);
        }

        if (n[Timeout] > 0)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.TimeoutOption, n[Timeout]);
        }

        if ((asked & SizeAsked) != 0)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.SizeOption, n[Length]);
        }

        if ((asked & WindowAsked) != 0)
        {
            at = TftpPackets.WriteOption(buffer, at, TftpPackets.WindowOption, n[Window]);
        }

        return at;
    }

    private static int AtMost(int value, int limit) => value < limit ? value : limit;
}
