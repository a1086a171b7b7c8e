using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace Netboot.Tool.Bench;

/// <summary>
/// Runs something in a network namespace on a thread of its own, which ends with it: a namespace is a thread's, and no other work may come
/// to run there. A socket made there, or a process started there, stays there. So a client costs no `ip netns exec`, whose start would be
/// measured too.
/// </summary>
internal static class NamespaceThread
{
    /// <summary>CLONE_NEWNET: the file must be a network namespace.</summary>
    private const int NetworkNamespace = 0x40000000;

    private const string Folder = "/run/netns";

    public static void Run(string name, Action action) => Run(name, () =>
    {
        action();
        return true;
    });

    public static T Run<T>(string name, Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(name);
                result = action();
            }
            catch (Exception e)
            {
                // The caller gets it: on this thread it would end the program.
                fault = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
        return result;
    }

    private static void Enter(string name)
    {
        using var file = File.OpenHandle(Path.Combine(Folder, name));
        if (SetNamespace(file, NetworkNamespace) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(),
                $"The namespace {name} cannot be entered: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNamespace(SafeFileHandle file, int kind);
}
