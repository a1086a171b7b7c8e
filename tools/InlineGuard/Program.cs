using Mono.Cecil;
using Mono.Cecil.Cil;
using Netboot.InlineGuard;

if (args.Length < 1 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("Usage: InlineGuard ASSEMBLY [FOLDER OF REFERENCES …]");
    return 2;
}

// What was referenced, and nothing else: the PC's own libraries have other types by the same names.
using var references = new DefaultAssemblyResolver();
foreach (string folder in references.GetSearchDirectories())
{
    references.RemoveSearchDirectory(folder);
}

foreach (string folder in args.Skip(1))
{
    references.AddSearchDirectory(folder);
}

string whole = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(args[0]))!, "guarded");
int methods;
int calls;
using (AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(args[0], new ReaderParameters
{
    InMemory = true,
    AssemblyResolver = references,
    ReadSymbols = true,
    SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
}))
{
    (methods, calls) = CallGuard.Guard(assembly.MainModule);

    // Written whole, by its own name, before it takes the place of what the compiler made.
    Directory.CreateDirectory(whole);
    assembly.Write(Path.Combine(whole, Path.GetFileName(args[0])), new WriterParameters { WriteSymbols = assembly.MainModule.HasSymbols });
}

foreach (string file in Directory.GetFiles(whole))
{
    File.Move(file, Path.Combine(Path.GetDirectoryName(whole)!, Path.GetFileName(file)), overwrite: true);
}

Console.WriteLine($"{Path.GetFileNameWithoutExtension(args[0])}: {methods} methods and {calls} calls guarded against the interpreter's inlining");
return 0;
