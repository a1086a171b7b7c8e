using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace Netboot.Tool.Lab;

/// <summary>What the mirror holds for the cases, and the device's settings for them.</summary>
internal static class ScriptFiles
{
    public const string WebPage = "page.html";
    public const string RefusedKernel = "refused.elf";
    public const string FailingScript = "failing.ipxe";
    public const string ReportRefused = "report-refused.ipxe";
    public const string ReportUnheard = "report-unheard.ipxe";
    public const string LeftImage = "left-image.ipxe";
    public const string FirstInitrd = "first.img";
    public const string LongFile = "zeros.img";

    /// <summary>
    /// A machine of the lab needs a second or more for it: long enough to kill the mirror meanwhile. It fits into 256 MB together with what
    /// the kernel unpacks.
    /// </summary>
    private const int LongFileBytes = 64 * 1024 * 1024;

    /// <summary>Machines that are never switched on: the lab asks for scripts by their addresses.</summary>
    private const string MissingKernelMac = "52-54-00-ff-ff-01";
    private const string MissingKernel = "kernel-missing";
    private const string LabMac = "52-54-00-ff-ff-02";

    /// <summary>An address that nobody has; reports to it are not received.</summary>
    private const string Nobody = "10.77.0.9";

    /// <summary>
    /// On a BIOS, iPXE takes any file that fits into base memory for a PXE program and jumps into it (iPXE, arch/x86/image/pxe_image.c):
    /// only above that size does it notice that the file is not one.
    /// </summary>
    private const int LargestPxeProgram = 0xA0000 - 0x7C00;

    // An ELF program of one segment that wants to lie at 2 GB, which machines of 256 MB do not have (ELF specification, figures 1-3 and
    // 2-1).
    private const uint OutOfMemory = 0x7F000000;
    private const int ElfHeader = 52;
    private const int ProgramHeader = 32;

    public static void Prepare(string mirror)
    {
        File.WriteAllText(Path.Combine(mirror, WebPage), "<!DOCTYPE html><title>The mirror is starting</title>\n"
            + new string(' ', LargestPxeProgram));
        File.WriteAllBytes(Path.Combine(mirror, RefusedKernel), Elf());
        File.WriteAllText(Path.Combine(mirror, FailingScript), "#!ipxe\necho This script does not get far\nimgfetch none-in-script\n");
        File.WriteAllText(
            Path.Combine(mirror, LeftImage),
            $"#!ipxe\nimgfetch http://{LabNetwork.DeviceAddress}/autoexec.ipxe\nchain http://{LabNetwork.DeviceAddress}/boot.ipxe?mac={LabMac}\n");
        using (var zeros = File.Create(Path.Combine(mirror, LongFile)))
        {
            zeros.SetLength(LongFileBytes);
        }

        using var first = File.Create(Path.Combine(mirror, FirstInitrd));
        var archive = new CpioWriter(first);
        archive.Directory("first");
        archive.End();
    }

    /// <summary>Whether a device's machines need what <see cref="PrepareReports"/> makes.</summary>
    public static bool HasReports(int device) => ScriptCase.Of(device).Any(script => script.Name == MissingKernel);

    /// <summary>
    /// The device's own script for a kernel that is not there, but with reports that go where they are refused, or to nobody.
    /// </summary>
    public static void PrepareReports(string mirror, DevicePage page)
    {
        var script = page.Get($"/boot.ipxe?mac={MissingKernelMac}");
        foreach (var (file, address) in new[] { (ReportRefused, LabNetwork.MirrorAddress), (ReportUnheard, Nobody) })
        {
            var reports = $"http://{LabNetwork.DeviceAddress}/report?";
            if (!script.Contains(reports, StringComparison.Ordinal))
            {
                throw new LabException($"The device's script has no {reports} in it:\n{script}");
            }

            File.WriteAllText(Path.Combine(mirror, file), script.Replace(reports, $"http://{address}/report?", StringComparison.Ordinal));
        }
    }

    /// <summary>The settings of a device with its machines; each of its cases is a profile, whether a machine has it or not.</summary>
    public static string Settings(int device, IEnumerable<ScriptMachine> machines, string commandLine)
    {
        var text = new StringBuilder();
        foreach (var script in ScriptCase.Of(device))
        {
            text.Append(CultureInfo.InvariantCulture, $"[profile {script.Name}]\n{script.Profile}\n{script.Further}");
        }

        text.Replace("{0}", commandLine);
        foreach (var machine in machines)
        {
            text.Append(CultureInfo.InvariantCulture, $"[machine {machine.Mac}]\nprofile = {machine.Case.Name}\n{machine.Case.Machine}");
            if (machine.Case.Uefi)
            {
                text.Append(CultureInfo.InvariantCulture, $"loader = {machine.Build.LoaderName}\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"[machine {LabMac}]\nprofile = lab\n");
        return text.Append(HasReports(device) ? $"[machine {MissingKernelMac}]\nprofile = {MissingKernel}\n" : "").ToString();
    }

    private static byte[] Elf()
    {
        var file = new byte[ElfHeader + ProgramHeader + 16];
        ReadOnlySpan<byte> identity = [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1];
        identity.CopyTo(file);
        Half(file, 16, 2);
        Half(file, 18, 3);
        Word(file, 20, 1);
        Word(file, 24, OutOfMemory);
        Word(file, 28, ElfHeader);
        Half(file, 40, ElfHeader);
        Half(file, 42, ProgramHeader);
        Half(file, 44, 1);
        Word(file, ElfHeader, 1);
        Word(file, ElfHeader + 4, ElfHeader + ProgramHeader);
        Word(file, ElfHeader + 8, OutOfMemory);
        Word(file, ElfHeader + 12, OutOfMemory);
        Word(file, ElfHeader + 16, 16);
        Word(file, ElfHeader + 20, 16);
        Word(file, ElfHeader + 24, 5);
        return file;
    }

    private static void Half(byte[] file, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), value);

    private static void Word(byte[] file, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);
}
