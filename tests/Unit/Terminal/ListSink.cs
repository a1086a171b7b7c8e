using System.Collections;
using Netboot.Terminal;

namespace Netboot.Tests.Terminal;

/// <summary>Keeps what was printed.</summary>
internal sealed class ListSink : ILogSink
{
    public ArrayList Lines { get; } = new ArrayList();

    public void Print(string line) => Lines.Add(line);
}
