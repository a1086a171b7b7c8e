namespace Netboot.ApiGate.Lists;

/// <summary>The names that C# gives its operators in metadata.</summary>
public static class Operators
{
    private static readonly Dictionary<(string Symbol, int Operands), string> s_names = new()
    {
        [("+", 1)] = "op_UnaryPlus",
        [("-", 1)] = "op_UnaryNegation",
        [("!", 1)] = "op_LogicalNot",
        [("~", 1)] = "op_OnesComplement",
        [("++", 1)] = "op_Increment",
        [("--", 1)] = "op_Decrement",
        [("+", 2)] = "op_Addition",
        [("-", 2)] = "op_Subtraction",
        [("*", 2)] = "op_Multiply",
        [("/", 2)] = "op_Division",
        [("%", 2)] = "op_Modulus",
        [("&", 2)] = "op_BitwiseAnd",
        [("|", 2)] = "op_BitwiseOr",
        [("^", 2)] = "op_ExclusiveOr",
        [("<<", 2)] = "op_LeftShift",
        [(">>", 2)] = "op_RightShift",
        [("==", 2)] = "op_Equality",
        [("!=", 2)] = "op_Inequality",
        [("<", 2)] = "op_LessThan",
        [(">", 2)] = "op_GreaterThan",
        [("<=", 2)] = "op_LessThanOrEqual",
        [(">=", 2)] = "op_GreaterThanOrEqual",
    };

    /// <summary>The metadata name, or null when C# has no such operator.</summary>
    public static string? MetadataName(string symbol, int operands) => s_names.GetValueOrDefault((symbol, operands));
}
