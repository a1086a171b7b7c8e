using System;
using System.Text;
using Netboot.Dns;

namespace Netboot.IlOperations;

/// <summary>One datagram of multicast DNS looked at.</summary>
public abstract class MdnsOperation
{
    private static readonly byte[] s_name = MdnsAnswer.Name(Encoding.ASCII.GetBytes("netboot"));
    private readonly byte[] _datagram;
    private readonly int _asked;

    protected MdnsOperation(string name, string hex, int asked)
    {
        Name = name;
        _datagram = Convert.FromHexString(hex);
        _asked = asked;
    }

    public string Name { get; }

    public void Run()
    {
        if (MdnsAnswer.Asked(_datagram, _datagram.Length, s_name, Board.Address) != _asked)
        {
            throw new InvalidOperationException(Name);
        }
    }
}

/// <summary>Avahi's probe for its own name, captured: three questions, one of 34 labels.</summary>
public sealed class MdnsForeignProbe : MdnsOperation
{
    public MdnsForeignProbe()
        : base(
            "mDNS: somebody's probe passed over",
            "0000000000030000000400000163013401630131013601340136016501660166016601340163013201340134013001300130013001300130013001300130013001300130013001300138016501660369703604617270610000ff000102766d056c6f63616c0000ff000101320130013902313007696e2d61646472c05000ff0001c05a000100010000007800040a090002c068000c0001000000780002c05ac05a001c0001000000780010fe800000000000000442c4fffe6461c4c00c000c0001000000780002c05a",
            0)
    {
    }
}

/// <summary>A host looks for printers and screens: services, four questions of which three point at the first's end.</summary>
public sealed class MdnsForeignServices : MdnsOperation
{
    public MdnsForeignServices()
        : base(
            "mDNS: a question for services passed over",
            "000000000004000000000000" + "085f616972706c6179045f746370056c6f63616c00000c8001" + "055f72616f70c015000c8001"
            + "045f697070c015000c8001" + "0b5f676f6f676c6563617374c015000c8001",
            0)
    {
    }
}

/// <summary>avahi-resolve's question for the device, captured.</summary>
public sealed class MdnsOwnName : MdnsOperation
{
    public MdnsOwnName()
        : base("mDNS: a question for our name", "000000000002000000000000076e6574626f6f74056c6f63616c0000010001c00c001c0001", 7)
    {
    }
}
