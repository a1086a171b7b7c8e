using System.Globalization;

namespace Netboot.ApiGate.Lists;

/// <summary>Turns the literals of a list into the values that metadata holds.</summary>
public static class Literals
{
    /// <summary>Stands for <c>default(T)</c> of a struct, which metadata writes as a null reference.</summary>
    public const string DefaultOfStruct = "default()";

    /// <summary>The value of <paramref name="text"/> as a <paramref name="type"/> (a C# keyword); null for a null reference.</summary>
    public static object? Parse(string text, string type, Place place)
    {
        if (text is "null" or DefaultOfStruct)
        {
            return null;
        }

        try
        {
            return type switch
            {
                "string" when text[0] == '"' => Unescape(text[1..^1], place),
                "char" when text[0] == '\'' => Unescape(text[1..^1], place) is { Length: 1 } one ? one[0] : throw new FormatException(),
                "bool" => bool.Parse(text),
                "double" => Floating(text, double.Parse),
                "float" => Floating(text, float.Parse),
                _ => Integer(text, type),
            };
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new ListException(place, $"'{text}' is no value of type {type}");
        }
    }

    private static object Integer(string text, string type) => type switch
    {
        "byte" => byte.Parse(text, CultureInfo.InvariantCulture),
        "sbyte" => sbyte.Parse(text, CultureInfo.InvariantCulture),
        "short" => short.Parse(text, CultureInfo.InvariantCulture),
        "ushort" => ushort.Parse(text, CultureInfo.InvariantCulture),
        "int" => int.Parse(text, CultureInfo.InvariantCulture),
        "uint" => uint.Parse(text, CultureInfo.InvariantCulture),
        "long" => long.Parse(text, CultureInfo.InvariantCulture),
        "ulong" => ulong.Parse(text, CultureInfo.InvariantCulture),
        _ => throw new FormatException(),
    };

    // .NET reads "NaN" and "Infinity" in the invariant culture as the lists spell them.
    private static object Floating<T>(string text, Func<string, IFormatProvider, T> parse)
        where T : struct => parse(text, CultureInfo.InvariantCulture);

    private static string Unescape(string text, Place place)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var plain = new System.Text.StringBuilder();
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                plain.Append(text[at]);
                continue;
            }

            at++;
            char escape = at < text.Length ? text[at] : ' ';
            if (escape == 'u' && at + 4 < text.Length)
            {
                plain.Append((char)ushort.Parse(text.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                at += 4;
                continue;
            }

            int known = "0abfnrtv\\\"'".IndexOf(escape);
            plain.Append(known >= 0
                ? "\0\a\b\f\n\r\t\v\\\"'"[known]
                : throw new ListException(place, $"the escape '\\{escape}' is not one that a list uses"));
        }

        return plain.ToString();
    }
}
