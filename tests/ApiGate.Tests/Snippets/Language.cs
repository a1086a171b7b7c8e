using System;
using System.Collections;
using System.Text;

namespace Snippets;

public delegate int Transform(int value);

public static class Extensions
{
    public static bool IsEven(this int value) => value % 2 == 0;
}

public class Language
{
    private const string Name = "device";
    private static readonly int[] s_table = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    private static readonly byte[][] s_jagged = { new byte[] { 1, 2 }, new byte[] { 3 } };

    public event EventHandler Happened;

    public string Interpolation(int a, string b) =>
        $"{a,5:X2}|{b,-8}|{$"{a}"}" + string.Format("{0} {1}", a, b) + a + 'c' + $"{(int)DayOfWeek.Friday}";

    public int Closures(int seed)
    {
        Transform twice = value => value * 2 + seed;
        Transform named = delegate(int value) { return value + 1; };
        twice += named;
        Action action = () => seed++;
        action();
        int Local(int value) => value + seed;
        static int Fixed(int value) => value + 1;
        return twice(Local(Fixed(1)));
    }

    public int Arguments(int a, int b = 2, params object[] rest) => a + b + rest.Length;

    public int Calls()
    {
        int.TryParse("1", out int parsed);
        int.TryParse("1", out _);
        ref int slot = ref Slot(1);
        slot = 7;
        return Arguments(b: 3, a: parsed) + Arguments(1, 2, "x", 4);
    }

    public ref int Slot(int index) => ref s_table[index];

    public string Patterns(object value) => value switch
    {
        null => "none",
        string { Length: > 3 } text => text,
        int number and (> 0 and < 10 or 42) => "small " + number,
        int => "int",
        not byte => "other",
        _ => "byte",
    };

    public int Switches(string word)
    {
        switch (word)
        {
            case "one": return 1;
            case "two": goto case "one";
            case "three": return 3;
            case "four": return 4;
            case "five": return 5;
            case "six": return 6;
            case "seven": return 7;
            case "eight": return 8;
            default: return word == Name ? 0 : -1;
        }
    }

    public string Nulls(string a, Language other)
    {
        a ??= "x";
        other?.Happened?.Invoke(this, EventArgs.Empty);
        return a ?? other?.ToString() ?? throw new ArgumentNullException(nameof(a));
    }

    public int Loops(string text, ArrayList list, Hashtable table)
    {
        int total = 0;
        foreach (char c in text)
        {
            total += c;
        }

        foreach (object item in list)
        {
            total += item is int number ? number : 0;
        }

        foreach (DictionaryEntry entry in table)
        {
            total += (int)entry.Value;
        }

        foreach (byte[] row in s_jagged)
        {
            total += row[0];
        }

        lock (list)
        {
            total = unchecked(total * 31) >>> 1;
        }

        return total.IsEven() ? total : 0;
    }

    public void Errors()
    {
        try
        {
            throw new InvalidOperationException("x");
        }
        catch (InvalidOperationException error) when (error.Message.Length > 0)
        {
            throw;
        }
        finally
        {
            Happened += (sender, e) => { };
        }
    }

    public object Initializers()
    {
        var list = new ArrayList { 1, 2 };
        var table = new Hashtable { { "a", 1 } };
        int[] collection = [1, 2, 3];
        StringBuilder builder = new();
        builder.Append("raw: ").Append(
            """
            "quoted"
            """);
        return list.Count + table.Count + collection.Length > 0 ? builder.ToString() : typeof(Language).Name;
    }
}
