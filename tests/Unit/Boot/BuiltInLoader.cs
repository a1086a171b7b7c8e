using Netboot.Board;

namespace Netboot.Tests.Boot;

/// <summary>A firmware image with one loader, and an address: what the catalogue asks of its board.</summary>
public sealed class BuiltInLoader : IFirmwareLoaders, IOwnAddress
{
    private readonly string _name;

    public BuiltInLoader(string name)
    {
        _name = name;
    }

    public byte[] Authority { get; set; }

    public int Count => 1;

    public string Name(int index) => _name;

    public int Length(int index) => 5;

    public string Version(int index) => "1.21.1";

    public string Hash(int index) => "0123456789abcdef";

    public int Read(int index, int position, byte[] buffer, int offset, int count)
    {
        int part = count < 5 - position ? count : 5 - position;
        for (int i = 0; i < part; i++)
        {
            buffer[offset + i] = (byte)(10 + position + i);
        }

        return part;
    }
}
