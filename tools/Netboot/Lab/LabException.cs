using System;

namespace Netboot.Tool.Lab;

/// <summary>Something that the lab needs is missing or was refused; the message is for the person who runs it.</summary>
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
