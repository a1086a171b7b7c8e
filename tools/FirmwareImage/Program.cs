using System.ComponentModel;
using System.Globalization;
using Netboot.FirmwareImage;
using Netboot.FirmwareImage.Boards;
using Netboot.FirmwareImage.Loaders;
using Netboot.FirmwareImage.Page;
using static System.FormattableString;

const string usage =
    """
    FirmwareImage loaders <folder for the packed loaders> <bytes of room> <names, space between> <folder of loaders, none, or "" for the usual> [<.pe that needs room too>...]
    FirmwareImage targets <BOARDS.md> <TargetTraits.cs>
    FirmwareImage page <folder of the page> <PageContent.cs>
    FirmwareImage image <bytes of the deploy area> <packed loaders' list> <report> <image.bin> <library.pe>... <application.pe>
    FirmwareImage size <bytes of the deploy area> <packed loaders' list> <report> <application>
    """;

try
{
    switch (args)
    {
        case ["loaders", var output, var room, var names, var folder, .. var code]:
            string[] wanted = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            long left = Bytes(room) - DeploymentImage.Sizes(code).Sum(pe => pe.Bytes);
            foreach (string line in LoaderPack.Write(folder == "" ? null : folder, wanted, left, output))
            {
                Console.WriteLine(line);
            }

            return 0;
        case ["targets", var table, var source]:
            TargetSource.Write(BoardTable.Read(File.ReadAllText(table)), source);
            return 0;
        case ["page", var sources, var content]:
            Console.WriteLine(PagePack.Write(sources, content));
            return 0;
        case ["image", var area, var manifest, var report, var image, .. var assemblies] when assemblies.Length > 0:
            // An earlier build's image could be mistaken for this one's.
            File.Delete(image);
            string name = Path.GetFileNameWithoutExtension(image);
            var full = new SizeReport(name, Bytes(area), LoaderManifest.Read(manifest), DeploymentImage.Sizes(assemblies));
            Show(full, report);
            if (full.Left < 0)
            {
                throw new ImageException(
                    ImageException.Image,
                    Invariant($"the image does not fit: {full.Line}. Pack fewer loaders (-p:Loaders), or give a larger area if the board has one (-p:DeployAreaBytes)"));
            }

            DeploymentImage.Write(image, assemblies);
            return 0;
        case ["size", var area, var manifest, var report, var application]:
            Show(new SizeReport(application, Bytes(area), LoaderManifest.Read(manifest), assemblies: null), report);
            return 0;
        default:
            Console.Error.WriteLine(usage);
            return 2;
    }
}
catch (ImageException error)
{
    Console.Error.WriteLine(error.Diagnostic);
    return 1;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception or FormatException or OverflowException)
{
    Console.Error.WriteLine($"FirmwareImage : error {ImageException.Image}: {error.Message}");
    return 1;
}

static long Bytes(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

static void Show(SizeReport sizes, string report)
{
    File.WriteAllText(report, sizes.Text);
    Console.WriteLine(sizes.Line);
}
