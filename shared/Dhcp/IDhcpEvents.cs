namespace Netboot.Dhcp;

/// <summary>Why a machine that asked to netboot gets no answer.</summary>
public enum Refusal : byte
{
    /// <summary>It was answered, or it is no netboot client, or it was not meant.</summary>
    None = 0,

    /// <summary>The owner's rules say so.</summary>
    ByRule = 1,

    /// <summary>There is no iPXE for its architecture.</summary>
    NoLoader = 2,

    /// <summary>The loader for it is neither on the board nor on a mirror.</summary>
    NoLoaderFile = 3,
}

/// <summary>Hears what DHCP requests say and how they were answered.</summary>
public interface IDhcpEvents
{
    /// <summary>
    /// A valid request came in; its answer, if it got one, has left. <paramref name="responder"/> knows what its client is, and what was
    /// decided and sent. Nothing of it stays as it is after the call. <paramref name="now"/> is the device's clock.
    /// </summary>
    void Heard(DhcpMessage message, DhcpResponder responder, bool answered, bool bootServer, long now);
}
