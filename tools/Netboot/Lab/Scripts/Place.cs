using System;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>A place among the machines that boot at a time. It can be given back early: only the first time counts.</summary>
internal sealed class Place : IDisposable
{
    private readonly SemaphoreSlim _places;
    private bool _given;

    private Place(SemaphoreSlim places) => _places = places;

    /// <summary>Waits for one.</summary>
    public static async Task<Place> Take(SemaphoreSlim places, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation).ConfigureAwait(false);
        return new Place(places);
    }

    public void Dispose()
    {
        if (!_given)
        {
            _given = true;
            _places.Release();
        }
    }
}
