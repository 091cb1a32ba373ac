using FriendCity.Http;
using FriendCity.Records;

namespace FriendCity.Kpis;

/// <summary>What figures are asked of: the records of this moment, or those the registry held at an instant.</summary>
internal sealed class KpiReads(ViewReader views, PastRecords past, CursorKey cursors)
{
    public ValueTask<CursorSigner> CursorsAsync(HttpRequest http, CancellationToken cancellation) => cursors.SignerAsync(http, cancellation);

    public async Task<(KpiContext? Context, Problem? Problem)> ContextAsync(HttpRequest http, KpiRequest request, CancellationToken cancellation)
    {
        var (view, future) = await ViewAsync(http, request.KnownAt, KnownAt.Name, cancellation);
        return view is null ? (null, future) : request.On(view);
    }

    /// <param name="parameter">Which parameter gave the instant.</param>
    public async Task<(View? View, Problem? Problem)> ViewAsync(HttpRequest http, DateTimeOffset? knownAt, string parameter, CancellationToken cancellation)
    {
        var view = await views.ReadAsync(http, cancellation);
        if (KnownAt.Check(knownAt, view, parameter) is { } future)
            return (null, future);
        return (knownAt is { } at ? await past.AtAsync(view, at, cancellation) : view, null);
    }
}
