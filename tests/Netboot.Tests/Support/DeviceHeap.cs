using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Threading;

namespace Netboot.Tests.Support;

/// <summary>
/// Counts what live objects take of a board's heap, by the sizes of the nanoFramework interpreter: blocks of 12 bytes; an object is one block and one
/// for each field; an array is one block and its content (new byte[100] takes 120 bytes there); sockets and threads as they were measured there. Everything that is reached from the roots and from the
/// static fields of the device's assembly counts.
/// </summary>
public sealed class DeviceHeap
{
    private const int Block = 12;
    private const int ArrayHead = Block;
    private const int SocketSize = 400;
    private const int ThreadSize = 470;
    private const int EndPointSize = 36 + 25;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _byType = [];
    private string _owner = "";

    /// <summary>Bytes counted so far.</summary>
    public int Bytes { get; private set; }

    /// <summary>Bytes of the largest array counted so far: a heap in pieces has no room for one of more than 1 KB.</summary>
    public int LargestArray { get; private set; }

    /// <summary>Sockets counted so far.</summary>
    public int Sockets { get; private set; }

    /// <summary>Started threads counted so far.</summary>
    public int Threads { get; private set; }

    /// <summary>The types that take the most, for a look when a budget is gone.</summary>
    public string Largest(int count)
    {
        return string.Join(", ", _byType.OrderByDescending(t => t.Value).Take(count).Select(t => $"{t.Key} {t.Value}"));
    }

    /// <summary>Counts the static fields of an assembly.</summary>
    public void AddStatics(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(t => !t.ContainsGenericParameters && !t.Name.StartsWith('<')))
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(f => !f.IsLiteral))
            {
                Count(type.Name, Block);
                _owner = type.Name + "." + field.Name;
                Add(field.GetValue(null));
            }
        }
    }

    /// <summary>Leaves an object out, and what only it reaches: a test's own stand-in.</summary>
    public void Ignore(object value)
    {
        _seen.Add(value);
    }

    /// <summary>Counts an object and all that it reaches.</summary>
    public void Add(object value)
    {
        var waiting = new Stack<(object Value, string Owner)>();
        waiting.Push((value, _owner));
        while (waiting.Count > 0)
        {
            (object next, _owner) = waiting.Pop();
            if (next != null && _seen.Add(next))
            {
                Visit(next, waiting);
            }
        }

        _owner = "";
    }

    private void Visit(object value, Stack<(object Value, string Owner)> waiting)
    {
        switch (value)
        {
            case string text:
                // A literal's characters stay in flash; one that was put together has them on the heap. Counted as if all were.
                Count("string", Rounded(ArrayHead + text.Length + 1));
                return;
            case Socket:
                Sockets++;
                Count("Socket", SocketSize);
                return;
            case Thread thread:
                Threads += thread.IsAlive ? 1 : 0;
                Count("Thread", ThreadSize);
                return;
            case IPEndPoint:
                Count("IPEndPoint", EndPointSize);
                return;
            case Delegate or Type or Assembly:
                Count(value.GetType().Name, 3 * Block);
                return;
            case Array array:
                VisitArray(array, waiting);
                return;
        }

        Type type = value.GetType();
        bool own = type.Namespace != null && type.Namespace.StartsWith("Netboot", StringComparison.Ordinal);
        if (type.IsPrimitive || type == typeof(object))
        {
            // Boxed, or made to be locked: a head, and the value if there is one.
            Count(type.Name, type.IsPrimitive ? 2 * Block : Block);
            return;
        }

        if (!own && value is not ICollection)
        {
            // Of the framework: events, HTTP clients. As large as a small object; what they hold differs between the runtimes.
            Count(type.Name, 4 * Block);
            return;
        }

        int fields = 0;
        for (Type level = type; level != null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                fields++;
                if (!field.FieldType.IsPrimitive && !field.FieldType.IsEnum && !field.FieldType.IsPointer)
                {
                    waiting.Push((field.GetValue(value), type.Name + "." + field.Name));
                }
            }
        }

        Count(type.Name, Block + (fields * Block));
    }

    private void VisitArray(Array array, Stack<(object Value, string Owner)> waiting)
    {
        Type element = array.GetType().GetElementType();
        int width = element.IsEnum ? System.Runtime.InteropServices.Marshal.SizeOf(Enum.GetUnderlyingType(element))
            : element.IsPrimitive ? (array.Length == 0 ? 1 : Buffer.ByteLength(array) / array.Length) : Block;
        int bytes = Rounded(ArrayHead + (array.Length * width));
        LargestArray = Math.Max(LargestArray, bytes);
        Count($"{element.Name}[] of {_owner}", bytes);
        if (!element.IsPrimitive && !element.IsEnum)
        {
            foreach (object item in array)
            {
                waiting.Push((item, _owner));
            }
        }
    }

    private static int Rounded(int bytes)
    {
        return (bytes + Block - 1) / Block * Block;
    }

    private void Count(string type, int bytes)
    {
        Bytes += bytes;
        _byType[type] = _byType.GetValueOrDefault(type) + bytes;
    }
}
