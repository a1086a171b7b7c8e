using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace nanoFramework.Tools.MetadataProcessor.MsBuildTask;

/// <summary>
/// Has the name and the properties of the real task; writes down how it was called, and a .pe that is the assembly behind a mark. As the
/// real one does, it finds out whether every assembly that was compiled against is among the hints.
/// </summary>
public sealed class MetaDataProcessorTask : Microsoft.Build.Utilities.Task
{
    /// <summary>What a .pe of this task starts with. Seven bytes: no such file ends on a boundary of four by itself.</summary>
    public const string Mark = "STANDIN";

    /// <summary>The assemblies that were compiled against.</summary>
    public ITaskItem[] LoadHints { get; set; } = [];

    /// <summary>Classes to leave out.</summary>
    public ITaskItem[] ExcludeClassByName { get; set; } = [];

    /// <summary>The compiled assembly.</summary>
    public string Parse { get; set; } = "";

    /// <summary>The .pe to write.</summary>
    public string Compile { get; set; } = "";

    /// <summary>Whether to tell more.</summary>
    public bool Verbose { get; set; }

    /// <summary>Whether to write <see cref="DumpFile"/>.</summary>
    public bool DumpMetadata { get; set; }

    /// <summary>A description of the .pe, for people.</summary>
    public string DumpFile { get; set; } = "";

    /// <summary>A list of what the .pe needs.</summary>
    public string GenerateDependency { get; set; } = "";

    /// <summary>The files written.</summary>
    [Output]
    public ITaskItem[] FilesWritten { get; private set; } = [];

    /// <summary>What the firmware must agree on.</summary>
    [Output]
    public ITaskItem NativeChecksum { get; private set; } = new TaskItem("");

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (!File.Exists(Parse))
        {
            Log.LogError($"Unable to parse input assembly file '{Parse}' - check if path and file exists.");
            return false;
        }

        byte[] assembly = File.ReadAllBytes(Parse);
        File.WriteAllBytes(Compile, [.. Encoding.ASCII.GetBytes(Mark), .. assembly]);
        NativeChecksum = new TaskItem("0x" + Convert.ToHexString(SHA256.HashData(assembly).AsSpan(0, sizeof(int))));
        string record = Compile + ".call.txt";
        File.WriteAllLines(
            record,
            [
                $"{nameof(Parse)}={Parse}", $"{nameof(Compile)}={Compile}", $"{nameof(Verbose)}={Verbose}",
                    $"{nameof(DumpMetadata)}={DumpMetadata}",
                .. ExcludeClassByName.Select(item => $"{nameof(ExcludeClassByName)}={item.ItemSpec}"),
                .. LoadHints.Select(item => $"{nameof(LoadHints)}={item.GetMetadata("FullPath")}"),
            ]);
        FilesWritten = [new TaskItem(Compile), new TaskItem(record)];
        return true;
    }
}
