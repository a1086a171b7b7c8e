using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Netboot.Tool.Lab;

/// <summary>What the API says about one machine.</summary>
internal sealed record BootApiAnswer(int Status, string Body)
{
    private const int Ok = 200;

    /// <summary>This machine is not to be booted.</summary>
    public static readonly BootApiAnswer NotFound = new(404, "not one of mine\n");

    /// <summary>An answer that says nothing.</summary>
    public static readonly BootApiAnswer Empty = new(Ok, "{}");

    /// <summary>An answer that ends in the middle.</summary>
    public static readonly BootApiAnswer Broken = new(Ok, """{"kernel":"http://10.77.0.3/vmlinuz-amd64","initrd":["http://""");

    /// <summary>How long it thinks before it answers.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>A kernel with its initrds; the command line is one text.</summary>
    public static BootApiAnswer Kernel(string kernel, IEnumerable<string> initrds, string commandLine, string? message = null) =>
        OfKernel(kernel, initrds, commandLine, message);

    /// <summary>
    /// The same with the command line as an object, which the specification calls deprecated: a text is <c>key=text</c>, true is the key
    /// alone, and a URL stands in an object of its own.
    /// </summary>
    public static BootApiAnswer KernelWithObject(string kernel, IEnumerable<string> initrds, string commandLine, string url)
    {
        var words = new JsonObject();
        foreach (var word in commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = word.IndexOf('=');
            words[equals < 0 ? word : word[..equals]] = equals < 0 ? true : word[(equals + 1)..];
        }

        words["lab.url"] = new JsonObject { ["url"] = url };
        return OfKernel(kernel, initrds, words, message: null);
    }

    /// <summary>A whole iPXE script.</summary>
    public static BootApiAnswer Script(string text) => new(Ok, new JsonObject { ["ipxe-script"] = text }.ToJsonString());

    private static BootApiAnswer OfKernel(string kernel, IEnumerable<string> initrds, JsonNode commandLine, string? message)
    {
        var answer = new JsonObject
        {
            ["kernel"] = kernel,
            ["initrd"] = new JsonArray([.. initrds.Select(initrd => (JsonNode)initrd)]),
            ["cmdline"] = commandLine,
        };
        if (message is not null)
        {
            answer["message"] = message;
        }

        return new BootApiAnswer(Ok, answer.ToJsonString());
    }
}
