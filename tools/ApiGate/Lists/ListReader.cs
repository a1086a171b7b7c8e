namespace Netboot.ApiGate.Lists;

/// <summary>Reads a list: a heading that names the assembly, then types, members and nested types by their indent.</summary>
public static class ListReader
{
    private const string Heading = "# assembly ";

    /// <summary>Reads every list (*.txt) of a folder, in the order of their names.</summary>
    public static List<ApiAssembly> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ListException(new Place(folder, 1), "there is no such folder of API lists");
        }

        string[] files = Directory.GetFiles(folder, "*.txt");
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0
            ? files.Select(file => Read(file, File.ReadAllLines(file))).ToList()
            : throw new ListException(new Place(folder, 1), "the folder holds no API lists (*.txt)");
    }

    /// <summary>Reads one list.</summary>
    public static ApiAssembly Read(string file, string[] lines)
    {
        ApiAssembly assembly = ReadHeading(file, lines.Length > 0 ? lines[0] : "");
        var open = new List<ApiType>();
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0)
            {
                continue;
            }

            ReadLine(lines[i], new Place(file, i + 1), assembly, open);
        }

        return assembly.Types.Count > 0 ? assembly : throw new ListException(assembly.Place, "the list holds no type");
    }

    private static ApiAssembly ReadHeading(string file, string line)
    {
        var place = new Place(file, 1);
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return line.StartsWith(Heading, StringComparison.Ordinal) && words.Length == 4 && Version.TryParse(words[3], out Version? version)
            ? new ApiAssembly(words[2], version, place)
            : throw new ListException(place, $"a list begins with '{Heading}<name> <version>', not with: {line}");
    }

    private static void ReadLine(string line, Place place, ApiAssembly assembly, List<ApiType> open)
    {
        int indent = line.Length - line.TrimStart(' ').Length;
        int depth = indent / 2;
        if (indent % 2 != 0 || depth > open.Count)
        {
            throw new ListException(place, $"an indent of {indent} fits no type above this line: {line.Trim()}");
        }

        open.RemoveRange(depth, open.Count - depth);
        ApiType? owner = depth == 0 ? null : open[^1];
        var parser = new DeclarationParser(line, place);
        if (owner?.Kind == TypeKind.Enum)
        {
            owner.Members.Add(parser.ReadEnumValue());
        }
        else if (DeclarationParser.IsType(line, place))
        {
            ApiType type = parser.ReadType(assembly, owner);
            assembly.Types.Add(type);
            open.Add(type);
        }
        else if (owner == null)
        {
            throw new ListException(place, $"expected a class, struct, interface, enum or delegate: {line.Trim()}");
        }
        else if (owner.Kind == TypeKind.Delegate)
        {
            throw new ListException(place, $"delegate {owner.FullName} has no members: {line.Trim()}");
        }
        else
        {
            owner.Members.Add(parser.ReadMember(owner));
        }
    }
}
