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
internal sealed class KpiReads(
    RegistryReader registries, PastRecords past, CursorKey cursors, HeavyWork heavy, KpiPresets presets, OfficeCalendar calendar)
{
    private const int AnswersKept = 256;

    private readonly Lock _gate = new();
    private readonly LruCache<string, Turn> _answers = new(AnswersKept);

    /// <summary>The question that a caller asks of figures.</summary>
    /// <param name="more">What the address takes besides the parameters of all figures.</param>
    /// <exception cref="ProblemException">A parameter that cannot be understood.</exception>
    public KpiRequest Read(HttpRequest http, params string[] more) => KpiRequest.Read(http, presets, calendar, more);

    public ValueTask<CursorSigner> CursorsAsync(HttpRequest http, CancellationToken cancellationToken) =>
        cursors.SignerAsync(http, cancellationToken);

    /// <summary>An answer that takes work.</summary>
    /// <exception cref="OverloadException">Too much work waits already.</exception>
    public async Task<IResult> AnswerAsync(HttpRequest http, KpiRequest request, Func<KpiContext, IResult> answer,
        CancellationToken cancellationToken)
    {
        var context = await ContextAsync(http, request, cancellationToken);
        return await WorkAsync(() => answer(context), cancellationToken);
    }

    /// <summary>
    /// Likewise for an answer of JSON that depends on the question, the language and the records alone: while those are the same it is worked
    /// out once, however many ask.
    /// </summary>
    /// <param name="question">What is asked besides the request; unique among all that is answered so.</param>
    public async Task<IResult> AnswerOnceAsync(
        HttpRequest http, KpiRequest request, string question, Func<KpiContext, Action<Utf8JsonWriter>> answer, CancellationToken cancellationToken)
    {
        var json = await OnceAsync(http, request, $"{question}|{Languages.Of(http)}", answer, cancellationToken);
        return new JsonResult(json.Write);
    }

    /// <summary>Likewise, with its ETag.</summary>
    /// <param name="question">What is asked besides the request, its language included; unique among all that is answered so.</param>
    public async Task<KeptJson> OnceAsync(
        HttpRequest http, KpiRequest request, string question, Func<KpiContext, Action<Utf8JsonWriter>> answer, CancellationToken cancellationToken)
    {
        var context = await ContextAsync(http, request, cancellationToken);
        return await Known($"{question}|{request.Key}", context, answer).WaitAsync(cancellationToken);
    }

    public Task<T> WorkAsync<T>(Func<T> work, CancellationToken cancellationToken) => heavy.RunAsync(work, cancellationToken);

    /// <exception cref="ProblemException">There is no such scope, or the instant is still to come.</exception>
    public async Task<KpiContext> ContextAsync(HttpRequest http, KpiRequest request, CancellationToken cancellationToken) =>
        request.On(await RegistryAsync(http, request.KnownAt, KnownAt.Name, cancellationToken));

    /// <param name="parameter">Which parameter gave the instant.</param>
    /// <exception cref="ProblemException">The instant is still to come.</exception>
    public async Task<RegistrySnapshot> RegistryAsync(HttpRequest http, DateTimeOffset? knownAt, string parameter,
        CancellationToken cancellationToken)
    {
        var registry = await registries.ReadAsync(http, cancellationToken);
        KnownAt.Check(knownAt, registry, parameter);
        return knownAt is { } at ? await past.AtAsync(registry, at, cancellationToken) : registry;
    }

    /// <summary>
    /// A question is worked out by one at a time, and those who come meanwhile share the next answer, of the newest records that any of them saw.
    /// </summary>
    private Task<KeptJson> Known(string key, KpiContext context, Func<KpiContext, Action<Utf8JsonWriter>> answer)
    {
        lock (_gate)
        {
            var before = _answers.TryGet(key, out var last) && !last.Json.IsFaulted ? last : null;
            if (before?.Stamp >= context.Registry.Stamp)
                return before.Json;
            if (before?.Waiting is not null)
            {
                before.Waiting = context;
                return before.Json;
            }

            var turn = new Turn(context);
            turn.Json = TakeAsync(turn, before?.Json ?? Task.CompletedTask, answer);
            _answers.Set(key, turn);
            return turn.Json;
        }
    }

    // Others may wait for it too, so nobody's leaving ends it.
    private async Task<KeptJson> TakeAsync(Turn turn, Task before, Func<KpiContext, Action<Utf8JsonWriter>> answer)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            return await heavy.RunAsync(() => Json(answer(Begin(turn)!)), CancellationToken.None);
        }
        finally
        {
            // One that was refused never began.
            Begin(turn);
        }
    }

    private KpiContext? Begin(Turn turn)
    {
        lock (_gate)
        {
            var context = turn.Waiting;
            turn.Waiting = null;
            return context;
        }
    }

    private static KeptJson Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Serialization.Json.Writing))
            write(writer);
        return new KeptJson(bytes.WrittenMemory);
    }

    /// <summary>An answer that is to be worked out, or is, or was.</summary>
    private sealed class Turn(KpiContext context)
    {
        /// <summary>Of the records that it is about.</summary>
        public long Stamp { get; private set; } = context.Registry.Stamp;

        /// <summary>The question, until it is begun: an answer must not keep the records.</summary>
        public KpiContext? Waiting
        {
            get;
            set => (field, Stamp) = (value, value?.Registry.Stamp ?? Stamp);
        }
        = context;

        public Task<KeptJson> Json { get; set; } = null!;
    }
}

/// <summary>An answer that was written once and is sent to all who ask.</summary>
internal sealed class KeptJson(ReadOnlyMemory<byte> bytes)
{
    /// <summary>Of its content, so every instance gives the same for the same records; worked out when first asked for.</summary>
    public string ETag => field ??= Preconditions.Tag(bytes.Span);

    public void Write(Utf8JsonWriter writer) => writer.WriteRawValue(bytes.Span, skipInputValidation: true);
}
