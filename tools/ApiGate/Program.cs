using System.ComponentModel;
using System.Globalization;
using Netboot.ApiGate;
using Netboot.ApiGate.Lists;

const string usage =
    """
    ApiGate references <folder of API lists> <folder for the assemblies>
    ApiGate restore <dotnet> <seconds> <argument of dotnet restore>...
    """;

try
{
    switch (args)
    {
        case ["references", var lists, var folder]:
            ReferenceFolder.Write(lists, folder);
            return 0;
        case ["restore", var host, var limit, .. var arguments]:
            return PackageRestore.Run(host, TimeSpan.FromSeconds(int.Parse(limit, CultureInfo.InvariantCulture)), arguments) ? 0 : 1;
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
catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception or FormatException)
{
    Console.Error.WriteLine($"ApiGate : error NB901: {error.Message}");
    return 1;
}
