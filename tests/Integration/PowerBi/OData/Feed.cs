using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>The feed as a client sees it, with the headers that Power Query sends.</summary>
internal static class Feed
{
    /// <summary>As HttpClient spells it.</summary>
    public const string ContentType = "application/json; odata.metadata=minimal";

    public const string PowerQueryAccept =
        "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7";

    public static readonly (string Name, string Value)[] PowerQuery =
    [
        ("User-Agent", "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)"),
        ("MaxDataServiceVersion", "3.0"),
        ("OData-MaxVersion", "4.0"),
        ("Accept", PowerQueryAccept),
    ];

    /// <summary>A GET as Power Query sends it, whose answer says its version exactly once.</summary>
    public static async Task<Reply> FeedAsync(this TestApp app, string path, params (string Name, string Value)[] more)
    {
        var reply = await app.CallAsync("GET", path,
            headers: [.. PowerQuery.Where(header => !more.Any(each => each.Name == header.Name)), .. more]);
        Assert.Equal("4.0", reply.Headers["OData-Version"]);
        return reply;
    }

    public static async Task<JArray> RowsAsync(this TestApp app, string path, params (string Name, string Value)[] more)
    {
        var reply = (await app.FeedAsync(path, more)).Is(200);
        Assert.Equal(ContentType, reply.Headers["Content-Type"]);
        return (JArray)reply.Json["value"]!;
    }

    /// <summary>All rows of a list, following its links to their end.</summary>
    public static async Task<List<JObject>> CrawlAsync(this TestApp app, string path, int size)
    {
        var rows = new List<JObject>();
        for (string? next = path; next is not null;)
        {
            var reply = (await app.FeedAsync(next, ("Prefer", $"odata.maxpagesize={size}"))).Is(200);
            Assert.InRange(reply.Json["value"]!.Count(), 0, size);
            rows.AddRange(reply.Json["value"]!.Cast<JObject>());
            next = (string?)reply.Json["@odata.nextLink"] is { } link ? new Uri(link).PathAndQuery : null;
        }

        return rows;
    }

    public static async Task<IReadOnlyList<string>> IdsAsync(this TestApp app, string path, params (string Name, string Value)[] more) =>
        [.. (await app.RowsAsync(path, more)).Select(row => (string)row["Id"]!)];

    /// <summary>Asserts a refusal in the shape that OData clients read.</summary>
    public static Reply IsError(this Reply reply, int status, string code)
    {
        Assert.True(reply.Status == status, $"Expected {status} {code}, got {reply.Status} {reply.Text}");
        Assert.Equal(ContentType, reply.Headers["Content-Type"]);
        Assert.Equal("4.0", reply.Headers["OData-Version"]);
        Assert.Equal(code, (string?)reply.Json["error"]!["code"]);
        Assert.NotEmpty((string)reply.Json["error"]!["message"]!);
        return reply;
    }
}
