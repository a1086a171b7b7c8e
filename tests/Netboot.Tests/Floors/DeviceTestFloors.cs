using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Netboot.Tests.Floors;

/// <summary>
/// The sources of tests/Unit are one assembly on the PC and several on a board: a file uses only what each project of tests/Unit.Device that
/// compiles it has too. Constants are not seen here, they are in no compiled code; for them the board's build fails.
/// </summary>
[TestClass]
public class DeviceTestFloors
{
    private static readonly Dictionary<string, HashSet<string>> s_projects = DeviceTestProjects.Read();
    private static readonly ILookup<string, string> s_declared = DeviceTestProjects.Declared();

    [TestMethod]
    public void A_unit_test_uses_only_what_its_projects_for_the_board_compile_too() => Assert.AreEqual("", string.Join("\n", Faults(s_projects)),
        "add the file to the project in tests/Unit.Device, or move what several need; tests/Netboot.Tests is for the PC alone");

    [TestMethod]
    public void A_file_that_a_project_lacks_is_named_with_who_uses_it()
    {
        Dictionary<string, HashSet<string>> less = s_projects.ToDictionary(p => p.Key,
            p => p.Value.Where(file => file != "Unit/Http/FakePeer.cs").ToHashSet());
        string fault = Faults(less).First(f => f.Contains("Unit/Setup/SetupPageBench.cs", System.StringComparison.Ordinal));
        Assert.AreEqual("Unit.Device/Protocols/NFUnitTest.Protocols.nfproj: Unit/Setup/SetupPageBench.cs uses Netboot.Tests.Http.FakePeer "
            + "(Unit/Http/FakePeer.cs), which it does not compile", fault);
    }

    [TestMethod]
    public void A_source_of_the_units_is_in_a_project_and_its_types_were_found()
    {
        string[] all = [.. s_declared.SelectMany(d => d).Distinct()];
        Assert.AreEqual("", string.Join("\n", all.Where(file => !s_projects.Values.Any(p => p.Contains(file)))), "in no project");
        Assert.AreEqual("", string.Join("\n", s_projects.Values.SelectMany(p => p).Except(all)), "without a type");
    }

    private static IEnumerable<string> Faults(Dictionary<string, HashSet<string>> projects)
    {
        using AssemblyDefinition tests = AssemblyDefinition.ReadAssembly(typeof(DeviceTestFloors).Assembly.Location);
        var faults = new SortedSet<string>();
        foreach (TypeDefinition type in tests.MainModule.GetTypes().Where(t => s_declared.Contains(Uses.Outermost(t).FullName)))
        {
            string[] users = [.. s_declared[Uses.Outermost(type).FullName]];
            foreach (TypeReference used in Uses.Named(type).Select(n => Uses.Outermost(n.Type)).Where(IsOfTests).Distinct())
            {
                foreach ((string project, HashSet<string> files) in projects.Where(p => users.Any(p.Value.Contains)))
                {
                    string[] missing = [.. s_declared[used.FullName].Where(file => !files.Contains(file))];
                    if (missing.Length > 0 || !s_declared.Contains(used.FullName))
                    {
                        string where = missing.Length > 0 ? string.Join(", ", missing) : "of tests/Netboot.Tests";
                        faults.Add($"{project}: {users[0]} uses {used.FullName} ({where}), which it does not compile");
                    }
                }
            }
        }

        return faults;
    }

    // Of this assembly, and written by a person: what the compiler makes has another namespace or none.
    private static bool IsOfTests(TypeReference type) => type is TypeDefinition && type.Namespace.StartsWith("Netboot.", System.StringComparison.Ordinal);
}
