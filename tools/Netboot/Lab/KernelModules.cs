using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Netboot.Tool.Lab;

/// <summary>
/// The modules of an unpacked kernel package in the order they have to be inserted. A package has no modules.dep (depmod writes it when
/// the package is installed), so the order comes from what each module says about itself: <c>depends=a,b</c> in its .modinfo.
/// </summary>
internal static class KernelModules
{
    private const string Extension = ".ko";

    private static readonly byte[] DependsKey = Encoding.ASCII.GetBytes("\0depends=");

    /// <summary>
    /// The files of the wanted modules and of all they depend on; one that is built into the kernel has no file and is left out.
    /// </summary>
    public static IReadOnlyList<string> InOrder(string modulesFolder, params string[] wanted)
    {
        var files = Directory.EnumerateFiles(modulesFolder, "*" + Extension, SearchOption.AllDirectories)
            .ToDictionary(file => Canonical(Path.GetFileNameWithoutExtension(file)), StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var name in wanted)
        {
            Add(Canonical(name), files, order);
        }

        return order;
    }

    /// <summary>What a module's bytes say it depends on.</summary>
    public static IReadOnlyList<string> DependenciesOf(ReadOnlySpan<byte> module)
    {
        var at = module.IndexOf(DependsKey);
        if (at < 0)
        {
            return [];
        }

        var value = module[(at + DependsKey.Length)..];
        var text = Encoding.ASCII.GetString(value[..Math.Max(0, value.IndexOf((byte)0))]);
        return text.Split(',', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Add(string name, Dictionary<string, string> files, List<string> order)
    {
        if (!files.TryGetValue(name, out var file) || order.Contains(file))
        {
            return;
        }

        foreach (var dependency in DependenciesOf(File.ReadAllBytes(file)))
        {
            Add(Canonical(dependency), files, order);
        }

        order.Add(file);
    }

    /// <summary>The kernel treats '-' and '_' in a module's name as the same.</summary>
    private static string Canonical(string name) => name.Replace('-', '_');
}
