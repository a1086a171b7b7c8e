using Netboot.ApiGate;
using Netboot.ApiGate.Lists;

const string usage =
    """
    ApiGate references <folder of API lists> <folder for the assemblies>
    ApiGate image <image.bin> <library.pe>... <application.pe>
    """;

try
{
    switch (args)
    {
        case ["references", var lists, var folder]:
            ReferenceFolder.Write(lists, folder);
            return 0;
        case ["image", var image, .. var assemblies] when assemblies.Length > 0:
            DeploymentImage.Write(image, assemblies);
            return 0;
        default:
            Console.Error.WriteLine(usage);
            return 2;
    }
}
catch (ListException error)
{
    Console.Error.WriteLine(error.Diagnostic);
    return 1;
}
catch (IOException error)
{
    Console.Error.WriteLine($"ApiGate : error NB901: {error.Message}");
    return 1;
}
