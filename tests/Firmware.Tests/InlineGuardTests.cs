using System.Diagnostics;
using System.Runtime.InteropServices;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Netboot.ApiGate.Tests;
using Netboot.InlineGuard;

namespace Netboot.Firmware.Tests;

/// <summary>
/// Nothing that goes onto a board may leave the interpreter an evaluation stack slot that was not written: see <see cref="CallGuard"/>.
/// </summary>
[TestClass]
public sealed class InlineGuardTests
{
    private static readonly string[] Assemblies =
        ["firmware/obj/Release/Netboot.Firmware.dll", "shared/Device/bin/Release/Netboot.Device.dll",
            "shared/Web/Page/bin/Release/Netboot.Page.dll", "shared/bin/Release/Netboot.Shared.dll"];

    [TestMethod]
    public async Task Every_assembly_of_the_firmware_is_guarded()
    {
        using var clone = new Clone();
        await clone.Build("firmware/Netboot.Firmware.nfproj", "-c:Release", "-p:NanoFrameworkPackages=false", "-p:LoaderFolder=none");
        int calling = 0;
        foreach (string path in Assemblies)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(clone.At(path));
            List<MethodDefinition> methods = [.. module.GetTypes().SelectMany(t => t.Methods)];
            calling += methods.Count(m => m.HasBody && m.Body.Instructions.Any(i => i.OpCode == OpCodes.Callvirt));
            string[] bare = [.. methods.Where(m => !m.IsStatic && !m.IsConstructor && !m.HasCustomAttributes).Select(m => m.FullName)];
            Assert.IsEmpty(bare, $"{path}: may be inlined: {string.Join("; ", bare)}");
            string[] exposed = [.. methods.Where(m => m.HasBody)
                .SelectMany(m => CallGuard.Exposed(m.Body), (m, call) => $"{m.FullName} {call}")];
            Assert.IsEmpty(exposed, $"{path}: calls without a number in front: {string.Join("; ", exposed)}");
        }

        // The page's assembly has none.
        Assert.IsGreaterThan(300, calling, "calls are found");
    }

    /// <summary>
    /// The guard guards the library that it works with, and does the same work with it; a second time there is nothing to do.
    /// </summary>
    [TestMethod]
    public async Task Guarded_code_runs_as_before()
    {
        using var folder = new TestFolder();
        string tool = typeof(CallGuard).Assembly.Location;
        foreach (string name in new[] { "InlineGuard*", "Mono.Cecil*.dll" })
        {
            foreach (string file in Directory.GetFiles(Path.GetDirectoryName(tool)!, name))
            {
                File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
            }
        }

        string copy = Path.Combine(folder.Path, Path.GetFileName(tool));
        string library = Path.Combine(folder.Path, "Mono.Cecil.dll");
        string subject = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "subject")).FullName, "Mono.Cecil.dll");
        File.Copy(library, subject);
        string before = await Run(copy, subject);
        StringAssert.Matches(before, new("^Mono.Cecil: [0-9]{4} methods and [0-9]{3,4} calls guarded"));
        File.Copy(subject, Path.Combine(folder.Path, "guarded.dll"));
        File.Copy(library, subject, overwrite: true);
        File.Move(Path.Combine(folder.Path, "guarded.dll"), library, overwrite: true);
        Assert.AreEqual(before, await Run(copy, subject), "guarded, it does the same");
        Assert.AreEqual("Mono.Cecil: 0 methods and 0 calls guarded against the interpreter's inlining", (await Run(copy, subject)).Trim());
    }

    private static async Task<string> Run(string tool, string subject)
    {
        var start = new ProcessStartInfo("dotnet", [tool, subject, RuntimeEnvironment.GetRuntimeDirectory(), Path.GetDirectoryName(tool)!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.AreEqual(0, process.ExitCode, await errors);
        return output;
    }
}
