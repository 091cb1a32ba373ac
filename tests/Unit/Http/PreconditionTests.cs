using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records.Persistence;
using FriendCity.RecordsApi;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Http;

/// <summary>What If-Match and If-None-Match mean for version 7 of a record (RFC 9110 13.1), without a server.</summary>
public sealed class PreconditionTests
{
    /// <summary>Of a read: 200 is the content.</summary>
    [Theory]
    [InlineData(null, null, 200)]
    [InlineData("\"7\"", null, 200)]
    [InlineData("\"6\", \"7\"", null, 200)]
    [InlineData("\"6\"", null, 412)]
    [InlineData("W/\"7\"", null, 412)] // strong comparison
    [InlineData("*", null, 200)]
    [InlineData("7", null, 400)]
    [InlineData(null, "\"7\"", 304)]
    [InlineData(null, "W/\"7\"", 304)] // weak comparison
    [InlineData(null, "\"6\", \"7\"", 304)]
    [InlineData(null, "\"6\"", 200)]
    [InlineData(null, "*", 304)]
    [InlineData(null, "7", 400)]
    [InlineData("\"6\"", "\"7\"", 412)] // If-Match comes first
    [InlineData("\"7\"", "\"7\"", 304)]
    public void A_reader_is_answered_the_content_or_why_not(string? match, string? none, int status)
    {
        IResult? answer = null;
        var refused = Refusal.Of(() => answer = Preconditions.NotModified(Request(match, none), Preconditions.Tag(7), "no-cache"));
        Assert.Equal(status, answer switch { null => refused?.Code.Status ?? 200, NotModifiedResult => 304, _ => 0 });
    }

    [Fact]
    public void What_has_not_changed_is_known_by_a_weak_tag_too() =>
        Assert.IsType<NotModifiedResult>(Preconditions.NotModified(Request(null, "\"abc\""), "W/\"abc\"", "no-cache"));

    /// <summary>Of a write: what keeps it from being carried out.</summary>
    [Theory]
    [InlineData(null, null, "Unconditional")]
    [InlineData("\"7\"", null, null)]
    [InlineData("*", null, null)]
    [InlineData("\"6\"", null, "Stale")]
    [InlineData(null, "\"6\"", "Unconditional")]
    [InlineData(null, "\"7\"", "Stale")]
    [InlineData("\"7\"", "\"7\"", "Stale")]
    [InlineData("\"7\"", "\"6\"", null)]
    [InlineData(null, "*", "Stale, wanted none")]
    public void A_writer_needs_a_condition_that_holds(string? match, string? none, string? unmet)
    {
        var conditions = Preconditions.Of(Request(match, none));
        Assert.Equal(unmet, Told(conditions.UnmetBy(7)));
        Assert.Equal(unmet, Told(conditions.Unmet(NoteRecord.Of("a", 7, "x"))));
        Assert.Equal("Missing", Told(conditions.Unmet(null)));
        var gone = NoteRecord.Of("a", 7, "x");
        gone.Deleted = true;
        Assert.Equal("Gone", Told(conditions.Unmet(gone)));
    }

    [Fact]
    public void Whether_a_version_is_named_is_told_of_each_header()
    {
        var conditions = Preconditions.Of(Request("\"7\"", "\"8\""));
        Assert.Equal((true, false, true), (conditions.Matches(7), conditions.Matches(8), conditions.HasMatch));
        Assert.Equal((false, true, false), (conditions.Excludes(7), conditions.Excludes(8), conditions.WantsNothing));
        var none = Preconditions.Of(Request(null, null));
        Assert.Equal((false, false, false, false), (none.Matches(7), none.Excludes(7), none.HasMatch, none.WantsNothing));
    }

    [Theory]
    [InlineData("7", null, "If-Match")]
    [InlineData(null, "7", "If-None-Match")]
    public void A_header_that_is_no_list_of_tags_is_named(string? match, string? none, string header)
    {
        var problem = Refusal.Of(() => Preconditions.Of(Request(match, none)));
        Assert.Equal(Problems.BadParameter, problem!.Code);
        Assert.StartsWith(header + ":", problem.Detail!.En, StringComparison.Ordinal);
        Assert.StartsWith(header + "：", problem.Detail.Zh, StringComparison.Ordinal);
    }

    private static string? Told(WriteOutcome? outcome) =>
        outcome is WriteOutcome.Stale { WantedNone: true } ? "Stale, wanted none" : outcome?.GetType().Name;

    private static int Status(ProblemResult problem)
    {
        var http = new DefaultHttpContext();
        problem.ExecuteAsync(http).GetAwaiter().GetResult();
        return http.Response.StatusCode;
    }

    private static HttpRequest Request(string? match, string? none)
    {
        var request = new DefaultHttpContext().Request;
        if (match is not null)
            request.Headers.IfMatch = match;
        if (none is not null)
            request.Headers.IfNoneMatch = none;
        return request;
    }
}
