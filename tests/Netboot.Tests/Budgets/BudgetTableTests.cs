using System.Collections.Generic;

namespace Netboot.Tests.Budgets;

[TestClass]
public class BudgetTableTests
{
    private static readonly BudgetTable s_table = new(
        new Dictionary<string, int> { ["offer"] = 1000, ["script"] = 2000, ["page"] = 3000 },
        new Dictionary<string, string> { ["page"] = "it is full" });

    [TestMethod]
    [DataRow(950, 1900, 3000, "")]
    [DataRow(951, 1900, 3000, "")]
    [DataRow(1001, 1900, 3000, "offer: 1,001 of 1,000")]
    [DataRow(1, 2001, 3001, "script: 2,001 of 2,000\npage: 3,001 of 3,000")]
    public void What_is_above_its_budget_is_named(int offer, int script, int page, string expected) =>
        Assert.AreEqual(expected, s_table.Exceeded(Measured(offer, script, page)));

    [TestMethod]
    [DataRow(950, 1900, 3000, "")]
    [DataRow(951, 1900, 3000, "offer: 951 of 1,000 leaves less than 5 % (950 would not)")]
    [DataRow(1, 2, 2850, "page: has its reserve; take it off the list of those without")]
    public void What_uses_the_reserve_is_named_unless_it_is_known(int offer, int script, int page, string expected) =>
        Assert.AreEqual(expected, s_table.InReserve(Measured(offer, script, page)));

    [TestMethod]
    public void What_was_measured_and_what_has_a_budget_are_the_same_operations()
    {
        Dictionary<string, long> measured = Measured(1, 2, 3000);
        measured.Remove("script");
        measured["loader"] = 1;
        Assert.AreEqual("loader: has no budget\nscript: was not measured", s_table.Exceeded(measured));
    }

    private static Dictionary<string, long> Measured(int offer, int script, int page) =>
        new() { ["offer"] = offer, ["script"] = script, ["page"] = page };
}
