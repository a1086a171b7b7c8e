using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>
/// A rack that powers on: several machines of one kind boot from the device at once, once for each visitor (null for none).
/// </summary>
internal sealed class CrowdRun(LabClient client, int machines, IReadOnlyList<ICrowdVisitor?> visitors, string? settings, LabOutput output)
    : IsolatedRun(output)
{
    private readonly List<CrowdResult> _results = [];

    /// <summary>One result for each visitor, in their order.</summary>
    public IReadOnlyList<CrowdResult> Results => _results;

    public override bool Execute(CancellationToken cancellation)
    {
        BootFiles files;
        using (var cache = new PackageCache(Output, cancellation))
        {
            RemoveLeftovers();
            HostPackages.Ensure(client.Packages, Output);
            MakeFolder();
            files = BootFiles.Prepare(Folder, [client], cache, cancellation);
        }

        foreach (var visitor in visitors)
        {
            var boot = new CrowdBoot(this, client, files, new VirtualDevice(client.LoadersFromMirror, settings), machines, _results.Count
                + 1);
            var result = Output.During($"{machines} machines ({client.Title}) at once", () => boot.Boot(visitor, cancellation));
            Report.Boots(Output, result.Boots);
            Output.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Boots.Count(b => b.Succeeded)} of {machines} are up, the last after {result.Last?.TotalSeconds:0.00} s, on average after {result.Mean?.TotalSeconds:0.00} s; {result.Asked} asked, {result.Offered} offered, {result.LostOffers} lost."));
            _results.Add(result);
        }

        return _results.TrueForAll(result => result.Succeeded);
    }
}
