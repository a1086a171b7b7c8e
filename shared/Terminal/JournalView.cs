using Netboot.Api;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Terminal;

/// <summary>What the journal knows, for <c>machines</c> and <c>why</c>.</summary>
internal static class JournalView
{
    /// <summary>What is said when a word is neither a machine's name nor an address.</summary>
    internal const string NoSuchMachine = "No machine has that name; write an Ethernet address like 52:54:00:12:34:56.\n";

    /// <summary><c>why MAC|NAME</c>: the last boots of one machine, stage by stage. False: it is used wrongly.</summary>
    internal static bool Why(ConsoleSession session, Words words)
    {
        string word = words.Next();
        if (word == null || !words.AtEnd)
        {
            return false;
        }

        var record = new MachineRecord();
        ByteWriter output = session.Text;
        if (!SettingsCommands.FindMac(session.Device.Rules.Settings.Machines, word, record.Mac))
        {
            output.Text(NoSuchMachine);
        }
        else if (!session.Device.Journal.Find(record.Mac, 0, record, session.Now))
        {
            output.Text("That machine has not been heard since the device started.\n");
        }
        else
        {
            WriteLine(output, record, session.Device.Rules);
            for (int boot = 0; boot < record.Boots; boot++)
            {
                WriteBoot(output, record, boot);
            }
        }

        return true;
    }

    /// <summary>A machine that was heard: its state, and why it did not boot.</summary>
    internal static void WriteLine(ByteWriter output, MachineRecord record, BootRules rules)
    {
        output.Mac(record.Mac, 0, ':').Text("  ").Text(MachineStates.NameOf(record.State)).Text(" at ").Text(StageNames.Of(record.Stage))
            .Text(", ");
        record.WriteFirmware(output);
        if (record.Address != 0)
        {
            var address = new byte[4];
            Octets.WriteInt32(address, 0, record.Address);
            output.Text(", ").Address(address, 0);
        }

        output.Text(", heard ").Number(record.Ago / 1000).Text(" s ago\n");
        if (record.Why != WhyCode.None)
        {
            record.WriteWhy(output.Text("    "));
            MirrorTarget.WriteUrl(output, record, rules);
            output.Byte('\n');
        }
    }

    private static void WriteBoot(ByteWriter output, MachineRecord record, int boot)
    {
        output.Text("  boot ").Number(record.BeganAgo(boot) / 1000).Text(" s ago:");
        for (int stage = 0; stage < StageNames.Count; stage++)
        {
            int at = record.At(boot, stage);
            if (at < 0)
            {
                continue;
            }

            output.Byte(' ').Text(StageNames.Of((BootStage)stage)).Byte(' ');
            Seconds(output, at);
            if (stage == (int)BootStage.Loader && record.LoaderBytes(boot) > 0)
            {
                output.Text(" (").Number(record.LoaderBytes(boot)).Text(" bytes in ");
                Seconds(output, record.LoaderMilliseconds(boot));
                output.Byte(')');
            }
        }

        output.Byte('\n');
    }

    private static void Seconds(ByteWriter output, int milliseconds)
    {
        int hundredths = milliseconds / 10;
        output.Number(hundredths / 100).Byte('.').Byte('0' + (hundredths / 10 % 10)).Byte('0' + (hundredths % 10)).Text(" s");
    }
}
