using System.Security.Cryptography;
using Netboot.Board;

namespace Netboot.Tool.Run;

/// <summary>The operating system's own randomness.</summary>
internal sealed class PcRandom : IRandomness
{
    public void Fill(byte[] buffer) => RandomNumberGenerator.Fill(buffer);
}
