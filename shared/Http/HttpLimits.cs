using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>What the HTTP server takes at most, and how long it waits. Each number has its reason beside it.</summary>
public static class HttpLimits
{
    /// <summary>
    /// Connections served at once: with the listener and one in waiting 6 of the board's 16 sockets, 1.9 KB of heap each. A script is
    /// answered in 35 ms, so a rack that boots takes its turns.
    /// </summary>
    public const int Connections = 4;

    /// <summary>Of these, for one address: the rest stays free for the other machines on the LAN.</summary>
    public const int ConnectionsPerSource = 3;

    /// <summary>
    /// One connection's buffer: first the request line and the headers that are kept, then the chunk that is being sent. A script request
    /// of iPXE takes 100 to 500 bytes of it, a browser with a login cookie some 300. A place is made when a machine needs it, so it is no
    /// larger than what can be had then.
    /// </summary>
    public const int BufferSize = Memory.LargestBuffer;

    /// <summary>Bytes read at once, into a buffer that all connections share: iPXE's whole request, a browser's in two.</summary>
    public const int ReadSize = 512;

    /// <summary>
    /// Bytes handed to a socket at once. lwIP calls a socket writable from 2,880 free bytes on, so this much never blocks.
    /// </summary>
    public const int ChunkSize = BufferSize;

    /// <summary>
    /// Chunks for one connection in one step: most of lwIP's send buffer of 5,744 bytes, and then the others have their turn.
    /// </summary>
    public const int ChunksPerStep = 4;

    /// <summary>Bytes of a head in all, as elsewhere (nginx, Apache): browsers with many cookies stay below it.</summary>
    public const int HeadSize = 8192;

    /// <summary>Bytes of the buffer that kept headers leave for the line that is being read; a header name fits in it.</summary>
    public const int LineRoom = 64;

    /// <summary>
    /// Bytes of a body: the longest settings text. One that does not fit behind its head is taken piece by piece
    /// (<see cref="HttpIntake"/>).
    /// </summary>
    public const int BodySize = 16 * 1024;

    /// <summary>
    /// Bytes of a long body that are taken in one step: to make settings of them takes a board 50 ms, and then the others have their turn.
    /// </summary>
    public const int PieceSize = 256;

    /// <summary>Bytes of header lines that a handler may add to an answer: a cookie, a content policy, an ETag.</summary>
    public const int ExtraHeaders = 640;

    /// <summary>
    /// Milliseconds from accept until the head must be complete. Firmware sends it in one segment right away; a lost SYN-ACK or segment
    /// costs 3 s at most.
    /// </summary>
    public const int HeadTimeout = 5000;

    /// <summary>
    /// Milliseconds from the end of the head until a body in the connection's own buffer must be complete: a second is much on a LAN.
    /// </summary>
    public const int BodyTimeout = 10000;

    /// <summary>The same for a long body: a board makes settings of 16 KB in 4 s, and in twice the time while machines boot.</summary>
    public const int LongBodyTimeout = 20000;

    /// <summary>Milliseconds without a byte after which a long body loses its place to a newer one.</summary>
    public const int BodyIdle = 1000;

    /// <summary>
    /// Milliseconds in which a client takes nothing before it counts as gone. However slow it loads, a living one acknowledges a segment in
    /// this time.
    /// </summary>
    public const int StallTimeout = 10000;

    /// <summary>
    /// Milliseconds in which a file's source delivers nothing. The mirror's client gives up earlier and says why; this is the last resort.
    /// </summary>
    public const int SourceTimeout = 30000;

    /// <summary>
    /// Milliseconds after which a connection on which nothing came makes room for a new one when the table is full: a machine asks as soon
    /// as it is connected.
    /// </summary>
    public const int SilentAge = 150;

    /// <summary>The same for one with half a request: a living request comes in one segment.</summary>
    public const int EvictionAge = 500;

    /// <summary>
    /// The same for one that stays open after HEAD. edk2 sends its GET at once, and firmware before 2022 knows no other way than this
    /// connection.
    /// </summary>
    public const int KeptAge = 3000;

    /// <summary>
    /// The same for one that waits for a file: a mirror that is waking, or both streams busy with other machines. Of an address with
    /// several connections each gives way after <see cref="TwinAge"/>.
    /// </summary>
    public const int WaitAge = 15000;

    /// <summary>
    /// Milliseconds after which an answer gives way that its client does not take: the first segments may be lost once. What it takes later
    /// counts by <see cref="LeastRate"/>, for as long as it has not <see cref="EnoughCredit"/>.
    /// </summary>
    public const int SendAge = 1000;

    /// <summary>
    /// Bytes in a millisecond that a client must take to keep its place when others wait: a tenth of what a slow board sends to one of
    /// four.
    /// </summary>
    public const int LeastRate = 16;

    /// <summary>
    /// Milliseconds that a client may stop after it took much, and what one step adds to it: a lost segment costs lwIP 1.5 s.
    /// </summary>
    public const int EnoughCredit = 1500;

    /// <summary>
    /// Milliseconds after which one of several answers to the same address gives way when the table is full: machines load one file at a
    /// time, and a browser's answers are shorter.
    /// </summary>
    public const int TwinAge = 1000;

    /// <summary>
    /// Milliseconds to read on after an early answer: closing with unread input sends a RST, and that can destroy the answer on its way
    /// (RFC 9112 9.6).
    /// </summary>
    public const int LingerTimeout = 1000;

    /// <summary>Milliseconds of silence that end it earlier: what is under way on a LAN has come by then.</summary>
    public const int LingerQuiet = 200;

    /// <summary>Bytes read and dropped in that time, at most.</summary>
    public const int LingerBytes = 64 * 1024;

    /// <summary>
    /// Milliseconds a call on a socket may take at the very most. Calls are made when the socket is ready; this is for the one that is not
    /// (Home#1691).
    /// </summary>
    public const int SocketTimeout = 2000;

    /// <summary>
    /// Milliseconds after which a place in the table that nobody needed is given back: a browser's second connection comes with its page,
    /// machines in bursts.
    /// </summary>
    public const int PlaceIdle = 3000;

    /// <summary>New connections taken in one step.</summary>
    public const int AcceptsPerStep = 4;

    /// <summary>Milliseconds until the next try after accepting failed (no sockets left, no link).</summary>
    public const int AcceptPause = 100;

    /// <summary>Failures of accept in a row after which the listener is made anew.</summary>
    public const int AcceptFailures = 5;

    /// <summary>Milliseconds until the next try when the port cannot be had.</summary>
    public const int OpenPause = 2000;
}
