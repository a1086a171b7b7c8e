using System;
using System.Collections.Generic;
using System.IO;

namespace Netboot.Tool.Lab;

/// <summary>How this program is started again: by its own executable, or by the dotnet host with its assembly.</summary>
internal static class SelfCommand
{
    private const string Host = "dotnet";

    public static IReadOnlyList<string> With(params string[] arguments)
    {
        var program = Environment.ProcessPath ?? throw new LabException("The path of this program is not known.");
        return Path.GetFileName(program) == Host
            ? [program, typeof(SelfCommand).Assembly.Location, .. arguments]
            : [program, .. arguments];
    }
}
