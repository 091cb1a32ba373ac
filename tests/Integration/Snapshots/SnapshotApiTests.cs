using System.Text;
using System.Text.Json;
using FriendCity.Access;
using FriendCity.Http.Errors;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace FriendCity.Tests.Integration.Snapshots;

public sealed class SnapshotApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_snapshot_the_list_is_empty_and_asking_writes_nothing()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var (status, _, body) = await AnswerAsync(fixture.Functions.Collection(Request("GET"), Token));
        Assert.Equal((200, """{"value":[],"nextLink":null}"""), (status, Encoding.UTF8.GetString(body)));
        Assert.Empty(fixture.Blobs.Paths);
    }

    [Fact]
    public async Task A_run_by_hand_makes_a_provisional_snapshot_of_the_offices_today()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        // 17:00 UTC is the next day in the office.
        fixture.Clock.Advance(TimeSpan.FromHours(5));
        var (status, headers, body) = await AnswerAsync(fixture.Functions.Collection(Request("POST"), Token));
        var operation = Property(body, "id").GetString()!;
        Assert.Equal((202, $"https://example.org/api/v1/operations/{operation}", "snapshot"),
            (status, headers.Location.ToString(), Property(body, "kind").GetString()));
        await fixture.Operations.IdleAsync();
        var (state, id) = await OperationAsync(fixture, operation);
        Assert.Equal("succeeded", state);
        var manifest = fixture.Json($"snapshots/{id}/manifest.json");
        Assert.Equal(("2026-11-23", true, operation),
            (manifest.GetProperty("snapshotDate").GetString(), manifest.GetProperty("provisional").GetBoolean(), manifest.GetProperty("operation")
                .GetString()));

        var list = await AnswerAsync(fixture.Functions.Collection(Request("GET"), Token));
        Assert.Equal(
            $$"""{"value":[{"id":"{{id}}","snapshotDate":"2026-11-23","provisional":true,"publishedAt":"2026-11-22T17:00:00.500Z","operation":"{{operation}}","supersededBy":null,"supersededAt":null}],"nextLink":null}""",
            Encoding.UTF8.GetString(list.Body));
    }

    [Theory]
    [InlineData("2026-11-21", 202, false)]
    [InlineData("2026-11-22", 202, true)]
    [InlineData("2026-11-23", 400, null)]
    [InlineData("21.11.2026", 400, null)]
    [InlineData("2026-02-30", 400, null)]
    public async Task A_run_takes_a_day_that_is_not_in_the_future(string date, int expected, bool? provisional)
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var (status, _, body) = await AnswerAsync(fixture.Functions.Collection(Request("POST", "?date=" + date), Token));
        Assert.Equal(expected, status);
        await fixture.Operations.IdleAsync();
        if (provisional is not null)
            Assert.Equal((date, provisional), (fixture.Json("current.json").GetProperty("snapshotDate").GetString(), fixture.Json("current.json")
                .GetProperty("published")[0].GetProperty("provisional").GetBoolean()));
        else
            Assert.Equal("bad_parameter", Property(body, "code").GetString());
    }

    [Theory, InlineData("GET", "?date=2026-11-21"), InlineData("POST", "?day=2026-11-21")]
    public async Task A_parameter_that_the_address_does_not_take_is_refused(string method, string query)
    {
        var fixture = await SnapshotFixture.OpenAsync();
        Assert.Equal(400, (await AnswerAsync(fixture.Functions.Collection(Request(method, query), Token))).Status);
    }

    [Fact]
    public async Task A_manifest_and_every_file_it_names_are_served_as_they_are_stored()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var manifest = await fixture.PublishAsync(SnapshotFixture.Final(21));
        var (status, headers, body) = await AnswerAsync(fixture.Functions.Manifest(Request("GET"), manifest.Id, Token));
        Assert.Equal((200, $"\"{SnapshotStore.Hash(body)}\""), (status, headers.ETag.ToString()));
        Assert.Equal(fixture.Blobs.Bytes($"snapshots/{manifest.Id}/manifest.json"), body);
        foreach (var file in manifest.Files)
        {
            (status, headers, body) = await AnswerAsync(fixture.Functions.File(Request("GET"), manifest.Id, file.Name, Token));
            Assert.Equal((200, SnapshotFormat.All.Concat(SnapshotFormat.Recent).Single(format => format.Name == file.Format).ContentType),
                (status, headers.ContentType.ToString()));
            Assert.Equal(($"\"{file.Sha256}\"", file.Bytes, file.Sha256), (headers.ETag.ToString(), headers.ContentLength, SnapshotStore.Hash(body)));
        }
    }

    [Theory, InlineData("{0}", 304), InlineData("\"other\", {0}", 304), InlineData("\"other\"", 200)]
    public async Task Whoever_has_a_file_is_not_sent_it_again(string tags, int expected)
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var manifest = await fixture.PublishAsync(SnapshotFixture.Final(21));
        var request = Request("GET");
        request.Headers.IfNoneMatch = tags.Replace("{0}", $"\"{manifest.Files[0].Sha256}\"", StringComparison.Ordinal);
        var (status, _, body) = await AnswerAsync(fixture.Functions.File(request, manifest.Id, manifest.Files[0].Name, Token));
        Assert.Equal((expected, expected == 304), (status, body.Length == 0));
    }

    [Theory]
    [InlineData("nothing.csv")]
    [InlineData("manifest.json")]
    [InlineData("../../current.json")]
    [InlineData("..")]
    [InlineData("KPI_DAILY.CSV")]
    public async Task What_the_manifest_does_not_name_is_not_found(string name)
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var manifest = await fixture.PublishAsync(SnapshotFixture.Final(21));
        Assert.Equal(404, (await AnswerAsync(fixture.Functions.File(Request("GET"), manifest.Id, name, Token))).Status);
    }

    [Fact]
    public async Task What_was_written_and_not_published_is_not_found()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        fixture.Blobs.Before = (verb, path) =>
            verb == "put" && path == "current.json" ? throw new StorageException("No swap today.") : Task.CompletedTask;
        await Assert.ThrowsAsync<StorageException>(() => fixture.Run.RunAsync(SnapshotFixture.Final(21), Token));
        var hidden = fixture.Blobs.Paths.Single(path => path.StartsWith("snapshots/2026-11-21", StringComparison.Ordinal)
            && path.EndsWith("manifest.json", StringComparison.Ordinal)).Split('/')[1];
        foreach (var id in new[] { hidden, "..", "", "2026-11-21" })
        {
            Assert.Equal(404, (await AnswerAsync(fixture.Functions.Manifest(Request("GET"), id, Token))).Status);
            Assert.Equal(404, (await AnswerAsync(fixture.Functions.File(Request("GET"), id, "kpi_daily.csv", Token))).Status);
        }
    }

    [Fact]
    public async Task When_storage_does_not_answer_the_caller_may_come_back()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        fixture.Blobs.Harm = (1, BlobFault.Die);
        var (status, headers, _) = await AnswerAsync(fixture.Functions.Collection(Request("POST"), Token));
        Assert.Equal((503, "2"), (status, headers.RetryAfter.ToString()));
    }

    internal static JsonElement Property(byte[] body, string name) => JsonSerializer.Deserialize<JsonElement>(body).GetProperty(name);

    internal static HttpRequest Request(string method, string query = "")
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host, request.Path, request.QueryString) = (method, "https", new HostString("example.org"),
            "/api/v1/snapshots", new QueryString(query));
        request.HttpContext.Features.Set(new Caller("tests", Scopes.Run));
        return request;
    }

    private static async Task<(string? State, string? Snapshot)> OperationAsync(SnapshotFixture fixture, string id)
    {
        var (_, _, body) = await AnswerAsync(fixture.OperationFunctions.Item(Request("GET"), id, Token));
        return (Property(body, "state").GetString(), Property(body, "snapshot").GetString());
    }

    internal static async Task<(int Status, IHeaderDictionary Headers, byte[] Body)> AnswerAsync(Task<IResult> answer)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        IResult result;
        try
        {
            result = await answer;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            result = ExceptionMapper.ProblemOf(fault, context.Request, NullLogger.Instance).ToResult();
        }

        await result.ExecuteAsync(context);
        await context.Response.BodyWriter.FlushAsync(Token);
        return (context.Response.StatusCode, context.Response.Headers, body.ToArray());
    }
}
