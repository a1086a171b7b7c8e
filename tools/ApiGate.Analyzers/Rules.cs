using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Netboot.ApiGate.Analyzers;

/// <summary>What the 1.x runtime cannot do although a compiler takes it. Each message says why, and what to write instead.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor GenericDeclaration = Rule(
        "NB001",
        "'{0}' is generic: the device refuses the whole assembly; declare a type of its own for each use, or use object and ArrayList");

    public static readonly DiagnosticDescriptor GenericMethod = Rule(
        "NB002", "'{0}' is a generic method: it crashes the device; write a method for each type, or take object");

    public static readonly DiagnosticDescriptor GenericUse = Rule(
        "NB003",
        "'{0}' is generic: the device refuses the whole assembly; use ArrayList, arrays, or a delegate of your own (plain Action is fine)");

    public static readonly DiagnosticDescriptor NullableValue = Rule(
        "NB004", "'{0}' may be null only through Nullable<T>, which the device has not; use a value that means none, or a flag");

    public static readonly DiagnosticDescriptor MultidimensionalArray = Rule(
        "NB005",
        "An array of several dimensions: the device refuses the whole assembly; use an array of arrays, or one array and an index");

    public static readonly DiagnosticDescriptor DefaultInterfaceMember = Rule(
        "NB006", "'{0}' has a body in an interface: calling it throws on the device; put it into a class or an extension method");

    public static readonly DiagnosticDescriptor Unsafe = Rule(
        "NB007", "'{0}': the metadata processor refuses pointers and stackalloc; use arrays, indices or SpanByte");

    public static readonly DiagnosticDescriptor Checked = Rule(
        "NB008", "checked does nothing on the device: an overflow wraps silently; compare before you calculate");

    public static readonly DiagnosticDescriptor EnumText = Rule(
        "NB009", "On the device '{0}' becomes a number, not a name; write the names in a switch, or cast to int if a number is meant");

    public static readonly DiagnosticDescriptor StringIndex = Rule(
        "NB010", "Indexing a string walks from its start on the device; index a byte[] or the char[] of ToCharArray(), or use foreach");

    public static readonly DiagnosticDescriptor NulInString = Rule(
        "NB011", "A string ends at its first NUL on the device and loses the rest; build such data as byte[]");

    public static readonly DiagnosticDescriptor Yield = Rule(
        "NB012", "The device has no iterators (yield); write an IEnumerator class, or fill an array");

    public static readonly DiagnosticDescriptor Async = Rule(
        "NB013", "The device has no tasks (async, await); use a Thread");

    public static readonly DiagnosticDescriptor Tuple = Rule(
        "NB014", "The device has no tuples; use out parameters, or a struct or class of your own");

    public static readonly DiagnosticDescriptor Record = Rule(
        "NB015", "The device has no records; use a class or struct");

    public static readonly DiagnosticDescriptor IndexOrRange = Rule(
        "NB016", "The device has no Index and Range (^ and ..); count from the start");

    public static readonly DiagnosticDescriptor AnonymousType = Rule(
        "NB017", "An anonymous type is generic inside: the device refuses the whole assembly; declare a class");

    public static readonly DiagnosticDescriptor Query = Rule(
        "NB018", "The device has no LINQ; use a loop");

    public static readonly DiagnosticDescriptor MissingKeyword = Rule(
        "NB019", "The device has no '{0}'; use {1}");

    public static readonly DiagnosticDescriptor Utf8Literal = Rule(
        "NB020", "A u8 literal is a ReadOnlySpan<byte>, which the device has not; use Encoding.UTF8.GetBytes once, or an array of bytes");

    /// <summary>Every rule.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        GenericDeclaration, GenericMethod, GenericUse, NullableValue, MultidimensionalArray, DefaultInterfaceMember, Unsafe, Checked,
        EnumText,
        StringIndex, NulInString, Yield, Async, Tuple, Record, IndexOrRange, AnonymousType, Query, MissingKeyword, Utf8Literal);

    // Not configurable: no setting of a project or an editor may let through what stops a board.
    private static DiagnosticDescriptor Rule(string id, string message) => new(
        id,
        message,
        message,
        "nanoFramework",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        customTags: WellKnownDiagnosticTags.NotConfigurable);
}
