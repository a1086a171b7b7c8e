using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>
/// A run from its start to its exit code: however it ends (by itself, with a failure, by Ctrl-C or a signal), it cleans up.
/// </summary>
internal static class RunToItsEnd
{
    private const int ExitSucceeded = 0;
    private const int ExitFailed = 1;
    private const int ExitRefused = 2;
    private const int ExitInterrupted = 130;

    /// <summary>Why this host can make no namespaces, or null.</summary>
    public static string? HostRefusal() =>
        !OperatingSystem.IsLinux() ? "This needs Linux, because it uses network namespaces."
        : !Environment.IsPrivilegedProcess ? "This needs root to make network namespaces and to install packages: run it with sudo."
        : null;

    public static int Refuse(LabOutput output, string refusal)
    {
        output.Bad(refusal);
        return ExitRefused;
    }

    /// <summary>Runs it; the last line says <paramref name="success"/> or <paramref name="failure"/>.</summary>
    public static int Execute(IsolatedRun run, string success, string failure)
    {
        using var interrupted = new CancellationTokenSource();
        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = true;
            interrupted.Cancel();
        }

        // ProcessExit is the safety net: Environment.Exit from elsewhere skips finally.
        EventHandler onExit = (_, _) => run.Ledger.Close();
        AppDomain.CurrentDomain.ProcessExit += onExit;
        using var keyboard = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);
        var exit = ExitFailed;
        try
        {
            exit = run.Execute(interrupted.Token) ? ExitSucceeded : ExitFailed;
        }
        catch (OperationCanceledException)
        {
            exit = ExitInterrupted;
        }
        catch (LabException e)
        {
            exit = interrupted.IsCancellationRequested ? ExitInterrupted : ExitRefused;
            run.Output.Bad(e.Message);
        }
        finally
        {
            if (!run.CleanUp() && exit == ExitSucceeded)
            {
                exit = ExitFailed;
            }

            AppDomain.CurrentDomain.ProcessExit -= onExit;
        }

        run.Output.Note(exit switch
        {
            ExitSucceeded => success,
            ExitInterrupted => "Interrupted.",
            _ => failure,
        });
        return exit;
    }
}
