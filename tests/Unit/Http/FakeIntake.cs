using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

/// <summary>Keeps a long body, for a test to look at.</summary>
public sealed class FakeIntake : HttpIntake
{
    /// <summary>What has come.</summary>
    public ByteWriter Taken { get; } = new ByteWriter(1024, 65536);

    public override void Take(byte[] bytes, int offset, int count) => Taken.Raw(bytes, offset, count);
}
