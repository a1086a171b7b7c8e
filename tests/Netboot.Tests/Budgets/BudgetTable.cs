using System;
using System.Collections.Generic;
using System.Linq;

namespace Netboot.Tests.Budgets;

/// <summary>
/// What each operation may cost. A budget keeps 5 % in reserve, so that something small does not break it by surprise: what eats into the
/// reserve must make room, or be named with its reason.
/// </summary>
internal sealed class BudgetTable(IReadOnlyDictionary<string, int> budgets, IReadOnlyDictionary<string, string> withoutReserve)
{
    private const int ReserveInPercent = 5;

    /// <summary>The budget of an operation; 0 when it has none.</summary>
    public int Of(string operation) => budgets.GetValueOrDefault(operation);

    /// <summary>
    /// What is wrong with these figures, a line each; empty when every budget was measured, nothing else was, and none is exceeded.
    /// </summary>
    public string Exceeded(IReadOnlyDictionary<string, long> measured) => string.Join("\n",
        measured.Keys.Except(budgets.Keys).Select(name => name + ": has no budget")
        .Concat(budgets.Keys.Except(measured.Keys).Select(name => name + ": was not measured"))
        .Concat(measured.Where(m => m.Value > Of(m.Key) && budgets.ContainsKey(m.Key))
        .Select(m => FormattableString.Invariant($"{m.Key}: {m.Value:N0} of {Of(m.Key):N0}"))));

    /// <summary>
    /// The operations within their budget that use its reserve and are not named, and those that are named for nothing, a line each.
    /// </summary>
    public string InReserve(IReadOnlyDictionary<string, long> measured) => string.Join("\n",
        measured.Where(m => m.Value <= Of(m.Key) && UsesReserve(m.Key, m.Value) && !withoutReserve.ContainsKey(m.Key))
        .Select(m => FormattableString.Invariant(
            $"{m.Key}: {m.Value:N0} of {Of(m.Key):N0} leaves less than {ReserveInPercent} % ({MostWithReserve(m.Key):N0} would not)"))
        .Concat(withoutReserve.Keys.Where(name => !measured.TryGetValue(name, out long value) || !UsesReserve(name, value))
        .Select(name => name + ": has its reserve; take it off the list of those without")));

    private bool UsesReserve(string operation, long value) => value > MostWithReserve(operation);

    private long MostWithReserve(string operation) => (long)Of(operation) * (100 - ReserveInPercent) / 100;
}
