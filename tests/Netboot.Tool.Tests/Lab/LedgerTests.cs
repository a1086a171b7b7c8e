using System;
using System.Collections.Generic;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class LedgerTests
{
    private readonly List<string> _undone = [];

    [TestMethod]
    public void Undoes_in_reverse_and_once()
    {
        var ledger = Made("namespace", "process", "folder");

        Assert.IsEmpty(ledger.Close());
        Assert.IsEmpty(ledger.Close());

        CollectionAssert.AreEqual(new[] { "folder", "process", "namespace" }, _undone);
    }

    [TestMethod]
    public void What_fails_is_reported_and_the_rest_is_undone()
    {
        var ledger = Made("first");
        ledger.Make("second", () => 0, _ => throw new InvalidOperationException("busy"));
        Make(ledger, "third");

        var failures = ledger.Close();

        CollectionAssert.AreEqual(new[] { "third", "first" }, _undone);
        Assert.HasCount(1, failures);
        Assert.AreEqual("second: busy", failures[0]);
    }

    [TestMethod]
    public void Undo_to_a_mark_leaves_what_was_before()
    {
        var ledger = Made("run");
        var mark = ledger.Mark();
        Make(ledger, "boot");

        ledger.UndoTo(mark);
        CollectionAssert.AreEqual(new[] { "boot" }, _undone);

        ledger.Close();
        CollectionAssert.AreEqual(new[] { "boot", "run" }, _undone);
    }

    [TestMethod]
    public void Nothing_is_made_once_it_is_closed()
    {
        var ledger = new Ledger();
        ledger.Close();
        Assert.ThrowsExactly<OperationCanceledException>(() =>
            ledger.Make<int>("late", () => throw new AssertFailedException("made"), _ => { }));
    }

    [TestMethod]
    public void What_could_not_be_made_is_not_undone()
    {
        var ledger = new Ledger();
        Assert.ThrowsExactly<LabException>(() =>
            ledger.Make<int>("broken", () => throw new LabException("no"), _ => _undone.Add("broken")));
        ledger.Close();
        Assert.IsEmpty(_undone);
    }

    private Ledger Made(params string[] names)
    {
        var ledger = new Ledger();
        foreach (var name in names)
        {
            Make(ledger, name);
        }

        return ledger;
    }

    private void Make(Ledger ledger, string name) => ledger.Make(name, () => name, _undone.Add);
}
