using System.IO.Pipelines;
using FriendCity.PowerBi.OData;
using FriendCity.Records.Import;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.AspNetCore.Http.Features;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>More rows than a page holds.</summary>
[Trait("Set", "slow")]
public sealed class FullPageTests(Azurite azurite)
{
    private const int Rows = 5_120;

    [Fact]
    public async Task A_page_has_five_thousand_rows_and_a_limit_beyond_it_still_pages()
    {
        await using var app = await azurite.OfficeAsync();
        var folder = Directory.CreateTempSubdirectory("tags");
        var tags = new JArray(Enumerable.Range(0, Rows)
            .Select(n => new JObject { ["id"] = $"T{n:0000}", ["nameEn"] = $"Tag {n}", ["nameZh"] = $"标签 {n}", ["kind"] = "theme" }));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tags.json"), tags.ToString());
        Assert.Empty((await app.Services.GetRequiredService<Importer>()
            .RunAsync(folder.FullName, "import", TestContext.Current.CancellationToken)).Faults);
        folder.Delete(recursive: true);

        var first = (await app.FeedAsync("/odata/Tags?$count=true")).Is(200);
        Assert.Equal((5000, Rows), (first.Json["value"]!.Count(), (int)first.Json["@odata.count"]!));
        Assert.Equal(Rows - 5000, (await app.RowsAsync(Next(first)!)).Count);
        first = (await app.FeedAsync("/odata/Tags?$top=5050")).Is(200);
        Assert.Equal(5000, first.Json["value"]!.Count());
        var last = (await app.FeedAsync(Next(first)!)).Is(200);
        Assert.Equal((50, null), (last.Json["value"]!.Count(), Next(last)));
        Assert.Equal($"{Rows}", (await app.FeedAsync("/odata/Tags/$count")).Text);
    }

    /// <summary>A page that stood in memory whole would be handed to the server in one piece.</summary>
    [Fact]
    public async Task A_long_page_is_sent_while_it_is_written()
    {
        var body = new Pipe(new(pauseWriterThreshold: 0));
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body.Writer.AsStream()));
        var sent = new List<long>();
        await new FeedResult(new FeedForm(Context: true), null, async (writer, send) =>
        {
            writer.WriteStartArray();
            for (var n = 0; n < 3000; n++)
            {
                writer.WriteStringValue(new string('x', 100));
                await send();
                if (body.Reader.TryRead(out var read))
                {
                    sent.Add(read.Buffer.Length);
                    body.Reader.AdvanceTo(read.Buffer.End);
                }
            }

            writer.WriteEndArray();
        }).ExecuteAsync(context);
        Assert.InRange(sent.Count, 5, 20);
        Assert.All(sent, bytes => Assert.InRange(bytes, 1, 64 * 1024));
    }

    private static string? Next(Reply reply) => (string?)reply.Json["@odata.nextLink"] is { } link ? new Uri(link).PathAndQuery : null;
}
