namespace Netboot.Http;

/// <summary>
/// Takes a body that is too long for the connection's own buffer, piece by piece as it comes: there is no room on a board to put it
/// together. What it makes of it counts only when the handler is given the request, for until then the body may break off.
/// </summary>
public abstract class HttpIntake
{
    /// <summary>
    /// Takes the next piece. It must not wait for anything; what it throws ends the connection, but for too little memory, which is told.
    /// </summary>
    public abstract void Take(byte[] bytes, int offset, int count);
}
