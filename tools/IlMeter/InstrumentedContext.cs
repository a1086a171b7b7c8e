using System.Reflection;
using System.Runtime.Loader;

namespace Netboot.IlMeter;

/// <summary>
/// Where a rewritten copy of the device's assembly runs, beside the original: <paramref name="user"/> and what it needs is loaded
/// again, with the copy in place of the original. The meter's own assembly is shared, so that both sides count in the same place.
/// </summary>
public sealed class InstrumentedContext(string device, string user) : AssemblyLoadContext("instrumented")
{
    private readonly AssemblyDependencyResolver _resolver = new(Path.GetFullPath(user));

    /// <summary>The assembly that uses the device.</summary>
    public Assembly LoadUser() => LoadFromAssemblyPath(Path.GetFullPath(user));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName name)
    {
        if (name.Name == Path.GetFileNameWithoutExtension(device))
        {
            return LoadFromAssemblyPath(device);
        }

        bool shared = name.Name == typeof(InstrumentedContext).Assembly.GetName().Name;
        return !shared && _resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}
