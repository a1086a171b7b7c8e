using System;
using System.Collections.Generic;
using System.IO;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench;

/// <summary>A TFTP server as a program: makes its command from the folder that it serves and a folder of its own.</summary>
internal sealed record TftpServerProgram(string Name, int[] Ports, Func<string, string, IReadOnlyList<string>> Command)
{
    /// <summary>Whether the kernel counts all of its processor time to its process: not that of children whose end it ignores.</summary>
    public bool CountsProcessor { get; init; } = true;

    public const string Hpa = "tftpd-hpa";

    private const int TftpPort = 69;
    private const string Token = "bench";

    /// <summary>The device and its peers; tftpd-hpa from the folder that its package was unpacked to.</summary>
    public static IReadOnlyList<TftpServerProgram> All(string hpa) =>
    [
        Of(new VirtualDevice()),
        Of(new DnsmasqProxy()),
        // Not installed: its package would start a server on the host itself.
        new(Hpa, [TftpPort], (files, _) =>
        [
            Path.Combine(hpa, PackageCache.TftpServerFile), "--foreground", "--address", $"{BenchNetwork.ServerAddress}:{TftpPort}",
            "--user", "root", "--secure", files,
        ])
        {
            // It has a process for each transfer.
            CountsProcessor = false,
        },
    ];

    private static TftpServerProgram Of(IBootServer server) =>
        new(server.Name, server.Ports, (files, folder) => server.Command(files, Token, folder));
}
