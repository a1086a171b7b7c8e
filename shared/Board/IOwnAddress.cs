namespace Netboot.Board;

/// <summary>Where the device can be reached.</summary>
public interface IOwnAddress
{
    /// <summary>Its address, and its port when that is not 80, as URLs have it: <c>192.168.1.5</c>. Null while it has no address.</summary>
    byte[] Authority { get; }
}
