using System;

namespace Netboot.Tool.Lab;

/// <summary>Something the lab needs is missing or refused; the message is what the person reads.</summary>
internal sealed class LabException : Exception
{
    public LabException(string message)
        : base(message)
    {
    }

    public LabException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
