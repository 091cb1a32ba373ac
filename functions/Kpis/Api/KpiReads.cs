using System.Buffers;
using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Records.Replication;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Lists;

namespace FriendCity.Kpis.Api;

/// <summary>What figures are asked of: the records of this moment, or those the registry held at an instant.</summary>
internal sealed class KpiReads(RegistryReader views, PastRecords past, CursorKey cursors, HeavyWork heavy)
{
    private const int AnswersKept = 256;

    private readonly Lock _gate = new();
    private readonly LruCache<string, (object Stamp, Task<ReadOnlyMemory<byte>> Json)> _answers = new(AnswersKept);

    public ValueTask<CursorSigner> CursorsAsync(HttpRequest http, CancellationToken cancellationToken) =>
        cursors.SignerAsync(http, cancellationToken);

    /// <summary>An answer that takes work.</summary>
    /// <exception cref="OverloadException">Too much work waits already.</exception>
    public async Task<IResult> AnswerAsync(HttpRequest http, KpiRequest request, Func<KpiContext, IResult> answer,
        CancellationToken cancellationToken)
    {
        var (context, problem) = await ContextAsync(http, request, cancellationToken);
        return context is null ? problem!.ToResult() : await WorkAsync(() => answer(context), cancellationToken);
    }

    /// <summary>
    /// Likewise for an answer of JSON that depends on the question, the language and the records alone: while those are the same it is worked
    /// out once, however many ask.
    /// </summary>
    /// <param name="question">What is asked besides the request; unique among all that is answered so.</param>
    public async Task<IResult> AnswerOnceAsync(
        HttpRequest http, KpiRequest request, string question, Func<KpiContext, Action<Utf8JsonWriter>> answer, CancellationToken cancellationToken)
    {
        var (json, problem) = await OnceAsync(http, request, $"{question}|{Languages.Of(http)}", answer, cancellationToken);
        return problem?.ToResult() ?? new JsonResult(writer => writer.WriteRawValue(json.Span, skipInputValidation: true));
    }

    /// <summary>Likewise, as bytes.</summary>
    /// <param name="question">What is asked besides the request, its language included; unique among all that is answered so.</param>
    public async Task<(ReadOnlyMemory<byte> Json, Problem? Problem)> OnceAsync(
        HttpRequest http, KpiRequest request, string question, Func<KpiContext, Action<Utf8JsonWriter>> answer, CancellationToken cancellationToken)
    {
        var (context, problem) = await ContextAsync(http, request, cancellationToken);
        return context is null ? (default, problem) : (await Known($"{question}|{request.Key}", context, answer).WaitAsync(cancellationToken), null);
    }

    public Task<T> WorkAsync<T>(Func<T> work, CancellationToken cancellationToken) => heavy.RunAsync(work, cancellationToken);

    public async Task<(KpiContext? Context, Problem? Problem)> ContextAsync(HttpRequest http, KpiRequest request, CancellationToken cancellationToken)
    {
        var (registry, future) = await RegistryAsync(http, request.KnownAt, KnownAt.Name, cancellationToken);
        return registry is null ? (null, future) : request.On(registry);
    }

    /// <param name="parameter">Which parameter gave the instant.</param>
    public async Task<(RegistrySnapshot? Registry, Problem? Problem)> RegistryAsync(HttpRequest http, DateTimeOffset? knownAt, string parameter,
        CancellationToken cancellationToken)
    {
        var registry = await views.ReadAsync(http, cancellationToken);
        if (KnownAt.Check(knownAt, registry, parameter) is { } future)
            return (null, future);
        return (knownAt is { } at ? await past.AtAsync(registry, at, cancellationToken) : registry, null);
    }

    private Task<ReadOnlyMemory<byte>> Known(string key, KpiContext context, Func<KpiContext, Action<Utf8JsonWriter>> answer)
    {
        var stamp = context.Registry.Stamp;
        lock (_gate)
        {
            if (_answers.TryGet(key, out var known) && ReferenceEquals(known.Stamp, stamp) && !known.Json.IsFaulted)
                return known.Json;
            // Others may wait for it too, so nobody's leaving ends it.
            var json = heavy.RunAsync(() => Json(answer(context)), CancellationToken.None);
            _answers.Set(key, (stamp, json));
            return json;
        }
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Serialization.Json.Writing))
            write(writer);
        return bytes.WrittenMemory;
    }
}
