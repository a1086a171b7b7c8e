using System.Collections.Generic;

namespace Netboot.Tool.Lab;

/// <summary>What is under test: a boot server that runs as a process in the device's namespace.</summary>
internal interface IBootServer
{
    /// <summary>Its name in lines and tables.</summary>
    string Name { get; }

    /// <summary>The UDP ports on which it listens when it is ready.</summary>
    int[] Ports { get; }

    /// <summary>
    /// The program and its arguments. The loaders are the files of a folder, the token marks the run's own boots, and the server writes to
    /// the other folder.
    /// </summary>
    IReadOnlyList<string> Command(string loaders, string token, string folder);

    /// <summary>The stage that a line of its log stands for.</summary>
    Stage? StageOf(string line);

    /// <summary>Whether a line is worth showing while the machine boots.</summary>
    bool Tells(string line);
}
