using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Netboot.Device;

namespace Netboot.Tests.Floors;

/// <summary>
/// The house as shared/README.md draws it: a room uses those that its row names, all of them above it in the table, and no other.
/// </summary>
[TestClass]
public class FloorsTests
{
    private static readonly string Assembly = typeof(NetbootDevice).Assembly.Location;

    [TestMethod]
    public void No_room_uses_one_that_its_row_does_not_name()
    {
        Dictionary<string, string[]> house = House();
        string[] others = [.. Uses.Of(Assembly).Where(u => !house[u.Key.User].Contains(u.Key.Used))
            .Select(u => $"{u.Key.User} uses {u.Key.Used}, in {u.Value}")];
        Assert.AreEqual("", string.Join("\n", others), "see the table in shared/README.md");
    }

    [TestMethod]
    public void No_row_names_a_room_that_is_not_used()
    {
        SortedDictionary<(string User, string Used), string> uses = Uses.Of(Assembly);
        string[] unused = [.. House()
            .SelectMany(row =>
            row.Value.Where(used => !uses.ContainsKey((row.Key, used))).Select(used => $"{row.Key} does not use {used}"))];
        Assert.AreEqual("", string.Join("\n", unused), "see the table in shared/README.md");
    }

    [TestMethod]
    public void A_room_stands_above_those_that_use_it_and_has_a_folder_of_its_name()
    {
        var above = new List<string>();
        foreach ((string room, string[] uses) in House())
        {
            Assert.AreEqual("", string.Join(" ", uses.Except(above)), room + " uses what is not above it in the table");
            Assert.IsTrue(Directory.Exists(Path.Combine(Shared(), room)), "shared/" + room);
            above.Add(room);
        }

        CollectionAssert.AreEquivalent(Uses.Rooms(Assembly).ToArray(), above);
    }

    [TestMethod]
    public void Every_file_is_in_the_folder_of_its_namespace()
    {
        foreach (string folder in Directory.GetDirectories(Shared()).Where(d => House().ContainsKey(Path.GetFileName(d))))
        {
            foreach (string file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Where(f => !f.Split(Path.DirectorySeparatorChar).Contains("obj")))
            {
                string line = File.ReadLines(file).First(l => l.StartsWith("namespace ", StringComparison.Ordinal));
                Assert.IsTrue((line.TrimEnd(';') + ".")
                    .StartsWith("namespace Netboot." + Path.GetFileName(folder) + ".", StringComparison.Ordinal), file + ": " + line);
            }
        }
    }

    // | `Room/` | what it is | `Used` `Used` |
    private static Dictionary<string, string[]> House()
    {
        var house = new Dictionary<string, string[]>();
        foreach (string line in File.ReadLines(Path.Combine(Shared(), "README.md"))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal)))
        {
            string[] cells = line.Split('|');
            if (cells.Length == 5 && cells[1].Trim().EndsWith("/`", StringComparison.Ordinal))
            {
                house.Add(cells[1].Trim(' ', '`', '/'),
                    [.. cells[3].Split('`', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);
            }
        }

        Assert.IsTrue(house.Count > 10, "the table of shared/README.md was read");
        return house;
    }

    private static string Shared() => Path.Combine(Repository.Root, "shared");
}
