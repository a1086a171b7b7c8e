using System;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Logging;

namespace Netboot.Journal;

/// <content>What DHCP tells. Of every packet of the LAN, so it is short.</content>
public sealed partial class MachineJournal
{
    /// <inheritdoc/>
    public void Heard(DhcpMessage message, DhcpResponder responder, bool answered, bool bootServer, long now)
    {
        byte[] bytes = _bytes;
        byte[] packet = message.Buffer;
        PxeClient client = responder.Client;
        ClientKind kind = client.Kind;
        bool owners;
        lock (bytes)
        {
            _now = (int)(now / Unit);
            int machine = Find(packet, DhcpMessage.HardwareAddressOffset);
            if (kind == ClientKind.None)
            {
                // No netboot client: the system that was booted asks for its address, or the machine went to its disk.
                if (machine != Nobody)
                {
                    SystemHeard(machine, message);
                }

                return;
            }

            if (machine == Nobody)
            {
                machine = Add(packet, DhcpMessage.HardwareAddressOffset, answered || responder.Refusal != null
                    ? responder.Decision.Listed : Nobody);
                Begin(machine);
            }
            else
            {
                if (message.MessageType == DhcpMessageType.Discover && BeginsAnew(machine, kind))
                {
                    Begin(machine);
                }

                Hear(machine);
            }

            bytes[Kinds + machine] = (byte)kind;
            bytes[PlatformsOf + machine] = (byte)client.Platform;
            int at = Architectures + (machine * 2);
            bytes[at] = (byte)(client.Architecture >> 8);
            bytes[at + 1] = (byte)client.Architecture;
            if (client.UuidOffset >= 0)
            {
                bytes[Flags + machine] |= UuidFlag;
                Array.Copy(packet, client.UuidOffset, bytes, Uuids + (machine * UuidText.Size), UuidText.Size);
            }

            if (message.MessageType == DhcpMessageType.Request)
            {
                Requested(machine, message);
            }

            if (!answered)
            {
                Refused(machine, responder);
                return;
            }

            if (!Reach(machine, kind == ClientKind.Ipxe ? BootStage.Ipxe : bootServer ? BootStage.BootServer : BootStage.Offered))
            {
                // No news, so it needs no line.
                return;
            }

            owners = bytes[Flags + machine] >= ListedFlag;
        }

        LogEvent what = bootServer ? LogEvent.BootServerAnswered : LogEvent.Offered;
        if (owners || _log.Admits(what, packet, DhcpMessage.HardwareAddressOffset, MacText.Size, responder.BootfileLength, false))
        {
            _log.Put(
                bootServer ? Subsystem.Pxe : Subsystem.Dhcp, what, packet, DhcpMessage.HardwareAddressOffset, MacText.Size, 0, 0,
                responder.BootfileBytes, 0, responder.BootfileLength);
        }
    }

    private void Refused(int machine, DhcpResponder responder)
    {
        OfferDecision decision = responder.Decision;
        if (responder.Refusal == null || decision.Refusal == null)
        {
            return;
        }

        if (decision.Why == Refusal.ByRule)
        {
            byte[] ignore = Octets.Of("of kind ignore");
            Explain(machine, WhyCode.RefusedByRule, 0, ignore, 0, ignore.Length);
            _bytes[States + machine] = (byte)MachineState.Refused;
        }
        else
        {
            Explain(machine, decision.Why == Refusal.NoLoader ? WhyCode.NoLoader : WhyCode.NoLoaderFile, responder.Client.Architecture,
                null, 0, 0);
        }
    }
}
