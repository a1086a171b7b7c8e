using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Threading;
using Netboot.IlMeter.Heap;

namespace Netboot.Tests.Support;

/// <summary>
/// Counts what live objects take of a board's heap, by the sizes of the nanoFramework interpreter (<see cref="InterpreterSizes"/>).
/// Everything that is reached from the roots and from the static fields of the device's assembly counts. Static fields themselves are in
/// the assembly's tables, and what the interpreter has for a thread is a part of its own (HeapModel): here it is the object that it is.
/// </summary>
public sealed class DeviceHeap
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _byType = [];
    private readonly SortedDictionary<string, int> _byPart = new(StringComparer.Ordinal);
    private string _owner = "";
    private string _part = "";

    /// <summary>Bytes counted so far.</summary>
    public int Bytes { get; private set; }

    /// <summary>Bytes of the largest array counted so far: a heap in pieces has no room for one of more than 1 KB.</summary>
    public int LargestArray { get; private set; }

    /// <summary>Sockets counted so far.</summary>
    public int Sockets { get; private set; }

    /// <summary>Started threads counted so far.</summary>
    public int Threads { get; private set; }

    /// <summary>Bytes by the part of the device that holds them: a folder of shared/.</summary>
    public IReadOnlyDictionary<string, int> Parts => _byPart;

    /// <summary>The types that take the most, for a look when a budget is gone.</summary>
    public string Largest(int count) =>
        string.Join(", ", _byType.OrderByDescending(t => t.Value).Take(count).Select(t => $"{t.Key} {t.Value}"));

    /// <summary>Counts what the static fields of an assembly hold.</summary>
    public void AddStatics(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(t => !t.ContainsGenericParameters && !t.Name.StartsWith('<')))
        {
            FieldInfo[] fields = type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
            foreach (FieldInfo field in fields.Where(f => !f.IsLiteral && !IsNumber(f.FieldType)))
            {
                _owner = type.Name + "." + field.Name;
                _part = "constants in statics";
                Add(field.GetValue(null));
            }
        }
    }

    /// <summary>Leaves an object out, and what only it reaches: a test's own stand-in.</summary>
    public void Ignore(object value) => _seen.Add(value);

    /// <summary>Counts an object and all that it reaches.</summary>
    public void Add(object value)
    {
        var waiting = new Stack<(object Value, string Owner, string Part)>();
        waiting.Push((value, _owner, _part));
        while (waiting.Count > 0)
        {
            (object next, _owner, _part) = waiting.Pop();
            if (next != null && _seen.Add(next))
            {
                Visit(next, waiting);
            }
        }

        _owner = "";
        _part = "";
    }

    private void Visit(object value, Stack<(object Value, string Owner, string Part)> waiting)
    {
        switch (value)
        {
            case string text:
                // .NET keeps literals, and nothing else here, in its table of interned texts.
                bool literal = ReferenceEquals(string.IsInterned(text), text);
                Count("string", literal ? InterpreterSizes.Literal : InterpreterSizes.Text(System.Text.Encoding.UTF8.GetByteCount(text)));
                return;
            case Socket:
                Sockets++;
                _part = "sockets, addresses";
                Count("Socket", InterpreterSizes.Socket);
                return;
            case Thread thread:
                Threads += thread.IsAlive ? 1 : 0;
                Count("Thread", LibraryObjects.Size(typeof(Thread).FullName) + InterpreterSizes.Delegate);
                return;
            case IPEndPoint:
                _part = "sockets, addresses";
                Count("IPEndPoint", InterpreterSizes.EndPoint + InterpreterSizes.Address);
                return;
            case Delegate:
                Count(value.GetType().Name, InterpreterSizes.Delegate);
                return;
            case Type or Assembly:
                Count(value.GetType().Name, InterpreterSizes.Block);
                return;
            case Array array:
                VisitArray(array, waiting);
                return;
        }

        Type type = value.GetType();
        if (type.IsPrimitive || type.IsEnum)
        {
            Count(type.Name + " boxed", InterpreterSizes.Boxed);
            return;
        }

        bool own = type.Namespace != null && type.Namespace.StartsWith("Netboot", StringComparison.Ordinal);
        if (LibraryObjects.Knows(type.FullName) || (!own && value is not ICollection))
        {
            // Of the framework, with what it holds there.
            Count(type.Name, LibraryObjects.Size(type.FullName));
            return;
        }

        VisitObject(value, type, own, waiting);
    }

    private void VisitObject(object value, Type type, bool own, Stack<(object Value, string Owner, string Part)> waiting)
    {
        if (own && type.Namespace.Split('.') is [_, string folder, ..])
        {
            _part = folder;
        }

        int fields = 0;
        for (Type level = type; level != null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                fields++;
                if (!IsNumber(field.FieldType))
                {
                    waiting.Push((field.GetValue(value), type.Name + "." + field.Name, _part));
                }
            }
        }

        Count(type.Name, InterpreterSizes.Object(fields));
    }

    private void VisitArray(Array array, Stack<(object Value, string Owner, string Part)> waiting)
    {
        Type element = array.GetType().GetElementType();
        int bytes = InterpreterSizes.Array(array.Length, InterpreterSizes.ElementWidth(element));
        LargestArray = Math.Max(LargestArray, bytes);
        Count($"{element.Name}[] of {_owner}", bytes);
        if (!IsNumber(element))
        {
            foreach (object item in array)
            {
                waiting.Push((item, _owner, _part));
            }
        }
    }

    private static bool IsNumber(Type type) => type.IsPrimitive || type.IsEnum || type.IsPointer;

    private void Count(string type, int bytes)
    {
        Bytes += bytes;
        _byType[type] = _byType.GetValueOrDefault(type) + bytes;
        _byPart[_part] = _byPart.GetValueOrDefault(_part) + bytes;
    }
}
