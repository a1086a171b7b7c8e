using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Netboot.ApiGate.Lists;
using Netboot.ApiGate.Metadata;
using Netboot.ApiGate.Tests;

namespace Netboot.Firmware.Tests;

/// <summary>
/// A NuGet feed in a folder, with a package for each that <c>Directory.Packages.props</c> pins: the real ids, versions and layout, the
/// assemblies that the gate makes of the API lists, and the stand-in for the metadata processor.
/// </summary>
internal static class StandInFeed
{
    private const string MetadataProcessor = "nanoFramework.Tools.MetadataProcessor.MsBuildTask";

    /// <summary>Some releases put a folder of the target framework between lib and the files.</summary>
    private const string FrameworkFolder = "lib/netnano1.0/";

    /// <summary>
    /// Fills a folder; gives the libraries' assemblies in the order of the deployment image, each with the .pe that its package holds.
    /// </summary>
    public static IReadOnlyList<(string Assembly, byte[] Pe, string Use)> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        XDocument versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        Dictionary<string, byte[]> references = AssemblyWriter.WriteAll(ListReader.ReadFolder(Repository.Lists));
        var libraries = new List<(string Assembly, byte[] Pe, string Use)>();
        foreach (XElement package in versions.Descendants("NanoFrameworkPackage"))
        {
            string assembly = Attribute(package, "Assembly");
            string lib = libraries.Count == 1 ? FrameworkFolder : "lib/";
            byte[] pe = Pe(assembly, libraries.Count);
            string file = lib + assembly;
            Pack(folder, Attribute(package, "Include"), Attribute(package, "Version"), (file + ".dll", references[assembly]),
                (file + ".pe", pe));
            libraries.Add((assembly, pe, package.Attribute("Use")?.Value ?? ""));
        }

        string version = versions.Descendants("NanoFrameworkMetadataProcessorVersion").Single().Value;
        byte[] task = File.ReadAllBytes(
            typeof(StandInFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "StandInTask").Value!);
        Pack(folder, MetadataProcessor, version, ($"lib/net6.0/{MetadataProcessor}.dll", task));
        return libraries;
    }

    /// <summary>Recognisable, and of every length modulo four.</summary>
    private static byte[] Pe(string assembly, int number) => Encoding.ASCII.GetBytes($"<{assembly}>".PadRight(1000 + number, '.'));

    private static string Attribute(XElement element, string name) =>
        element.Attribute(name)?.Value ?? throw new InvalidDataException($"Directory.Packages.props: {element} has no {name}");

    private static void Pack(string folder, string id, string version, params (string Path, byte[] Content)[] files)
    {
        using var package = new ZipArchive(File.Create(Path.Combine(folder, $"{id}.{version}.nupkg")), ZipArchiveMode.Create);
        string nuspec =
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2012/06/nuspec.xsd">
              <metadata>
                <id>{id}</id>
                <version>{version}</version>
                <authors>Netboot's tests</authors>
                <description>Stands in for the package of this name.</description>
              </metadata>
            </package>
            """;
        foreach ((string path, byte[] content) in files.Prepend((id + ".nuspec", Encoding.UTF8.GetBytes(nuspec))))
        {
            using Stream entry = package.CreateEntry(path).Open();
            entry.Write(content);
        }
    }
}
