using System.Text;
using Netboot.Settings;
using Netboot.Tests.Device;

namespace Netboot.Tests.Support;

/// <summary>Settings of the sizes that budgets are told for, with names, paths and command lines as long as people's.</summary>
internal static class ManyMachines
{
    /// <summary>The settings as text; nothing when there is no profile.</summary>
    public static string Text(int machines, int profiles)
    {
        if (profiles == 0)
        {
            return "";
        }

        var text = new StringBuilder("[mirror]\nurl = http://192.168.1.10/\n[boot]\ndefault = profile0\n");
        for (int i = 0; i < profiles; i++)
        {
            text.Append($"[profile profile{i}]\nkernel = images/{i}/vmlinuz\ninitrd = images/{i}/initrd.img\n");
            text.Append("command-line = console=ttyS0 init=/nix/store/0123456789abcdefghijklmnopqrstuv-nixos/init loglevel=4\n");
        }

        for (int i = 0; i < machines; i++)
        {
            text.Append($"[machine 52:54:00:00:01:{i:x2}]\nname = machine-{i}\nprofile = profile{i % profiles}\n");
        }

        return text.ToString();
    }

    /// <summary>A board that starts with them.</summary>
    public static VirtualBoard Board(int machines, int profiles)
    {
        var board = new VirtualBoard();
        byte[] bytes = Encoding.ASCII.GetBytes(Text(machines, profiles));
        if (bytes.Length > 0)
        {
            board.Write(SettingsStore.ImportFile, bytes, bytes.Length);
        }

        return board;
    }
}
