using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Netboot.Tool.Tests.Flash;

/// <summary>A serial port without hardware (Linux): what is written here is read at <see cref="Name"/>.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;
    private const int NameSize = 128;

    private readonly int _master;

    public PseudoTerminal()
    {
        _master = posix_openpt(ReadWrite | NoControllingTerminal);
        var name = new byte[NameSize];
        if (_master < 0 || grantpt(_master) != 0 || unlockpt(_master) != 0 || ptsname_r(_master, name, name.Length) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        Name = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
    }

    public string Name { get; }

    public void Write(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        if (write(_master, bytes, bytes.Length) != bytes.Length)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    public void Dispose() => _ = close(_master);

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(int master);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(int master);

    [DllImport("libc", SetLastError = true)]
    private static extern int ptsname_r(int master, byte[] name, nint size);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int file, byte[] bytes, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int file);
}
