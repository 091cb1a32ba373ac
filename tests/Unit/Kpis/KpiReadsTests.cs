using FriendCity.Http;
using FriendCity.Kpis.Api;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Lists;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Kpis;

/// <summary>An answer of figures is worked out once while question, language and records are the same, and anew when one of them is not.</summary>
public sealed class KpiReadsTests : IDisposable
{
    private static readonly KpiRequest Request = new(new DateOnly(2026, 3, 1), "members", Provenance.AllScenarios, new DateOnly(2018, 6, 9), null,
        12)
    { View = Sample.Views.Now };

    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly HeavyWork _heavy = new();
    private readonly Instance _instance;
    private readonly KpiReads _reads;
    private int _made;

    public KpiReadsTests()
    {
        var tables = new FakeTables(_clock);
        _instance = new Instance(tables, tables.Clock, _clock, RegistryTypes.All);
        _reads = new KpiReads(
            new RegistryReader(_instance.Replica, _clock), new PastRecords(tables, RegistryTypes.All, _instance.Quarantine),
            new CursorKey(null!, _clock), _heavy, Sample.Views, new OfficeCalendar(_clock, tables.Clock, TimeZoneInfo.Utc));
    }

    public void Dispose()
    {
        _instance.Dispose();
        _heavy.Dispose();
    }

    [Fact]
    public async Task Whoever_asks_the_same_gets_what_was_worked_out_for_the_first()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(Request)));
        Assert.Equal(1, _made);
        Assert.Equal(["1"], answers.Distinct());
    }

    public static TheoryData<string, string> Others { get; } = new()
    {
        { "question", "other" }, { "language", "zh" }, { "asOf", "2026-03-02" }, { "scope", "partners" }, { "scenarios", "ARTICLE" },
        { "baseline", "2019-01-01" }, { "window", "6" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Whoever_asks_something_else_gets_an_answer_of_its_own(string what, string value)
    {
        Assert.Equal("1", await AskAsync(Request));
        var other = what switch
        {
            "asOf" => Request with { AsOf = DateOnly.ParseExact(value, "yyyy-MM-dd", null) },
            "scope" => Request with { ScopeId = value },
            "scenarios" => Request with { Scenarios = [value] },
            "baseline" => Request with { Baseline = DateOnly.ParseExact(value, "yyyy-MM-dd", null) },
            "window" => Request with { Window = int.Parse(value, null) },
            _ => Request,
        };
        Assert.Equal("2", await AskAsync(other, what == "question" ? value : "all", what == "language" ? value : "en"));
        Assert.Equal("1", await AskAsync(Request));
    }

    [Fact]
    public async Task What_was_known_at_an_instant_is_worked_out_once_too()
    {
        var then = Request with { KnownAt = _clock.GetUtcNow().AddHours(-1) };
        Assert.Equal("1", await AskAsync(then));
        Assert.Equal("1", await AskAsync(then));
        Assert.Equal("2", await AskAsync(Request));
    }

    [Fact]
    public async Task A_write_makes_it_anew_and_a_poll_that_finds_nothing_does_not()
    {
        Assert.Equal("1", await AskAsync(Request));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1", await AskAsync(Request));
        await WriteTagAsync("rail");
        Assert.Equal("2", await AskAsync(Request));
    }

    [Fact]
    public async Task Those_who_ask_while_an_answer_is_made_share_the_next_of_the_newest_records()
    {
        using var goOn = new ManualResetEventSlim();
        var (begun, tags) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new List<int>());
        var asked = new List<Task<KeptJson>> { await AskAsync() };
        await begun.Task;
        foreach (var id in new[] { "rail", "port", "post" })
        {
            await WriteTagAsync(id);
            asked.Add(await AskAsync());
        }

        goOn.Set();
        await Task.WhenAll(asked);
        Assert.Equal([0, 3], tags);
        Assert.Single(asked.Skip(1).Select(each => each.Result).Distinct());

        async Task<Task<KeptJson>> AskAsync()
        {
            await _instance.Replica.ReadAsync(default);
            var http = Http("en");
            // Of what memory holds, so that the question is put by the time that this returns.
            http.Headers["Prefer"] = "stale-ok";
            return _reads.OnceAsync(http, Request, "tags", context =>
            {
                tags.Add(context.Registry.Of(Tag.Type).Count);
                begun.TrySetResult();
                goOn.Wait();
                return writer => writer.WriteNumberValue(tags.Count);
            }, default);
        }
    }

    [Fact]
    public async Task What_failed_is_tried_again()
    {
        await Assert.ThrowsAsync<FormatException>(() => _reads.AnswerOnceAsync(Http("en"), Request, "all", _ => throw new FormatException(),
            default));
        Assert.Equal("1", await AskAsync(Request));
    }

    /// <summary>The answer says how many have been worked out.</summary>
    private async Task<string> AskAsync(KpiRequest request, string question = "all", string language = "en")
    {
        var http = Http(language);
        var result = await _reads.AnswerOnceAsync(http, request, question, _ =>
        {
            var made = Interlocked.Increment(ref _made);
            return writer => writer.WriteNumberValue(made);
        }, default);
        using var body = new MemoryStream();
        http.HttpContext.Response.Body = body;
        await result.ExecuteAsync(http.HttpContext);
        await http.HttpContext.Response.BodyWriter.FlushAsync();
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    private async Task WriteTagAsync(string id)
    {
        var tag = (JObject)Json.Parse(
            """{"nameEn":"Rail","nameZh":"铁路","kind":"goal","scenario":"ARTICLE","source":"article","sourceRef":"P5"}""");
        var record = Tag.Type.Read(tag, new ValidationContext());
        Assert.IsType<WriteOutcome.Stored>(await _instance.Store.WriteAsync(Tag.Type, id, "tests", _ => new WritePlan.Store(record), default));
    }

    private static HttpRequest Http(string language)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = language;
        return http.Request;
    }
}
