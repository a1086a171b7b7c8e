using System;
using System.Collections.Generic;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class LedgerTests
{
    private readonly List<string> _undone = [];

    [TestMethod]
    public void UndoesInReverseAndOnce()
    {
        var ledger = Made("namespace", "process", "folder");

        Assert.IsEmpty(ledger.Close());
        Assert.IsEmpty(ledger.Close());

        CollectionAssert.AreEqual(new[] { "folder", "process", "namespace" }, _undone);
    }

    [TestMethod]
    public void WhatFailsIsReportedAndTheRestIsUndone()
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
    public void UndoToAMarkLeavesWhatWasBefore()
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
    public void NothingIsMadeOnceItIsClosed()
    {
        var ledger = new Ledger();
        ledger.Close();
        Assert.ThrowsExactly<OperationCanceledException>(() =>
            ledger.Make<int>("late", () => throw new AssertFailedException("made"), _ => { }));
    }

    [TestMethod]
    public void WhatCouldNotBeMadeIsNotUndone()
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
