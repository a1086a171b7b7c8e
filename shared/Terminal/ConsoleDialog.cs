namespace Netboot.Terminal;

/// <summary>A question of the console: the next line answers it and is no command. Ctrl-C drops it.</summary>
public abstract class ConsoleDialog
{
    /// <summary>The question, shown in place of the prompt.</summary>
    public abstract string Question { get; }

    /// <summary>Whether the answer is a secret: it is not shown.</summary>
    public abstract bool Hidden { get; }

    /// <summary>
    /// Takes the answer, whose array is cleared afterwards; <paramref name="unusable"/> says that something was typed that a line cannot
    /// hold. Gives the next question, or null when it is done.
    /// </summary>
    public abstract ConsoleDialog Answer(ConsoleSession session, byte[] line, int length, bool unusable);
}
