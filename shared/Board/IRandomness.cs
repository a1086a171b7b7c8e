namespace Netboot.Board;

/// <summary>Unpredictable bytes for passwords and tokens: the chip's own generator, or the operating system's.</summary>
public interface IRandomness
{
    /// <summary>Fills the whole buffer.</summary>
    void Fill(byte[] buffer);
}
