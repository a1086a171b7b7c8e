namespace Netboot.FirmwareImage;

/// <summary>The image that <c>nanoff --deploy</c> takes: every .pe file in turn, each padded to four bytes.</summary>
public static class DeploymentImage
{
    private const int Alignment = 4;

    /// <summary>Writes the image: libraries first, the application last.</summary>
    public static void Write(string image, IReadOnlyList<string> assemblies)
    {
        using FileStream output = File.Create(image);
        foreach (string assembly in assemblies)
        {
            byte[] content = File.ReadAllBytes(assembly);
            output.Write(content);
            output.Write(new byte[Padded(content.Length) - content.Length]);
        }
    }

    /// <summary>The .pe files' names, and how many bytes each takes in the image.</summary>
    public static IReadOnlyList<(string Name, long Bytes)> Sizes(IReadOnlyList<string> assemblies) =>
        [.. assemblies.Select(path => (Path.GetFileName(path), Padded(new FileInfo(path).Length)))];

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
