using Netboot.ApiGate.Lists;
using Netboot.ApiGate.Metadata;

namespace Netboot.ApiGate;

/// <summary>A folder of reference assemblies made from a folder of lists.</summary>
public static class ReferenceFolder
{
    /// <summary>
    /// Makes the assemblies. A file that already has the right bytes keeps its time, so that nothing is compiled again for nothing;
    /// any other is swapped in whole, so that a build running beside this one never reads half a file.
    /// </summary>
    public static void Write(string lists, string folder)
    {
        Dictionary<string, byte[]> assemblies = AssemblyWriter.WriteAll(ListReader.ReadFolder(lists));
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] content) in assemblies)
        {
            string path = Path.Combine(folder, name + ".dll");
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
            {
                continue;
            }

            string fresh = $"{path}.{Environment.ProcessId}";
            File.WriteAllBytes(fresh, content);
            File.Move(fresh, path, overwrite: true);
        }
    }
}
