using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.TemporaryFiles;
using FriendCity.Tests.Integration.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Http;

public sealed class AttachmentTests(Azurite azurite)
{
    private static readonly byte[] Letter = Encoding.ASCII.GetBytes("%PDF-1.7 a signed letter");
    private const string Path = "/api/v1/relationships/R01/attachments";

    [Fact]
    public async Task A_signed_letter_is_kept_with_its_hash_and_given_back_whole()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var put = await PutAsync(app, "结好意向书.pdf", Letter, "\"1\"");
        Assert.Equal((200, "\"2\""), (put.Status, put.ETag));

        using var got = await app.Client.GetAsync(new Uri($"{Path}/结好意向书.pdf", UriKind.Relative));
        Assert.Equal(Letter, await got.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", got.Content.Headers.ContentType!.MediaType);
        Assert.Equal("结好意向书.pdf", got.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(Letter))}\"", got.Headers.ETag!.Tag);

        // Whatever it holds, no browser takes it for a page of this address.
        Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox", got.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("attachment", got.Content.Headers.ContentDisposition.DispositionType);

        var listed = Assert.Single((await app.GetAsync(Path))["value"]!);
        Assert.Equal((Letter.Length, Convert.ToHexStringLower(SHA256.HashData(Letter))), ((int)listed["bytes"]!, (string?)listed["sha256"]));
    }

    [Fact]
    public async Task A_later_version_of_the_record_keeps_its_letter_and_history_remembers_a_dropped_one()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        await PutAsync(app, "letter.pdf", Letter, "\"1\"");
        Assert.Equal(200, (await app.SendAsync("PATCH", "/api/v1/relationships/R01", "{\"note\":\"x\"}", "\"2\"",
            "application/merge-patch+json")).Status);
        Assert.Single((await app.GetAsync(Path))["value"]!);

        Assert.Equal((200, "\"4\""), await DeleteAsync(app, "letter.pdf", "\"3\""));
        Assert.Empty((await app.GetAsync(Path))["value"]!);
        Assert.Equal([0, 1, 1, 0], (await app.GetAsync("/api/v1/relationships/R01/history"))["value"]!.Select(
            version => version["attachments"]!.Count()));
        Assert.Equal(404, (await app.SendAsync("GET", $"{Path}/letter.pdf")).Status);
        Assert.Equal((404, null), await DeleteAsync(app, "letter.pdf", "\"4\""));
    }

    [Fact]
    public async Task Another_letter_of_the_same_name_replaces_it_and_the_same_one_changes_nothing()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        await PutAsync(app, "letter.pdf", Letter, "\"1\"");
        Assert.Equal((200, "\"2\""), Seen(await PutAsync(app, "letter.pdf", Letter, "\"2\"")));
        Assert.Equal((200, "\"3\""), Seen(await PutAsync(app, "letter.pdf", [.. Letter, 1], "\"2\"")));
        Assert.Equal(Letter.Length + 1, (int)Assert.Single((await app.GetAsync(Path))["value"]!)["bytes"]!);
    }

    [Theory]
    [InlineData(null, 428)]
    [InlineData("\"7\"", 412)]
    public async Task A_refused_write_leaves_the_record_as_it_was(string? ifMatch, int status)
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        Assert.Equal(status, (await PutAsync(app, "letter.pdf", Letter, ifMatch)).Status);
        Assert.Empty((await app.GetAsync(Path))["value"]!);
        Assert.Equal("\"1\"", (await app.SendAsync("GET", "/api/v1/relationships/R01")).ETag);
    }

    [Theory]
    [InlineData("letter.exe", "application/x-msdownload", "MZ", 415)]
    [InlineData("letter.pdf", "application/pdf", "<html>", 422)]
    [InlineData("letter.png", "image/png", "%PDF-1.7", 422)]
    [InlineData(".hidden", "application/pdf", "%PDF-1.7", 422)]
    [InlineData("a%5Cb.pdf", "application/pdf", "%PDF-1.7", 422)]
    [InlineData("a%2Fb.pdf", "application/pdf", "%PDF-1.7", 422)]
    [InlineData("letter.pdf", "application/pdf", "", 422)]
    public async Task Only_letters_and_pictures_are_taken_by_type_content_and_name(string name, string mediaType, string begin, int status)
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        Assert.Equal(status, (await PutAsync(app, name, Encoding.ASCII.GetBytes(begin), "\"1\"", mediaType)).Status);
    }

    [Theory]
    [InlineData("letter.exe", "/name wrong_extension")]
    [InlineData("NUL.pdf", "/name bad_name")]
    [InlineData("letter%E2%80%AEfdp.pdf", "/name bad_name")]
    public async Task A_name_that_deceives_is_refused_with_its_rule(string name, string fault)
    {
        var app = await azurite.SampleOfficeAsync();
        (await app.CallAsync("PUT", $"{Path}/{name}", "%PDF-1.7", "\"1\"", "application/pdf")).IsProblem(422, "invalid");
        Assert.Equal(fault, (await app.CallAsync("PUT", $"{Path}/{name}", "%PDF-1.7", "\"1\"", "application/pdf")).Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_letter_over_the_limit_is_refused_and_not_cut(bool chunked)
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var large = new byte[(20 * 1024 * 1024) + 1];
        Letter.CopyTo(large, 0);
        Assert.Equal(413, (await PutAsync(app, "letter.pdf", large, "\"1\"", chunked: chunked)).Status);
        Assert.Empty((await app.GetAsync(Path))["value"]!);
    }

    [Fact]
    public async Task The_letter_that_no_longer_fits_beside_the_others_is_refused_before_its_bytes_are_kept()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var (kept, version, name) = (0, 1, string.Concat(Enumerable.Repeat("\U0001F91D", 56)));
        Answer answer;
        while ((answer = await PutAsync(app, $"{name}{kept:D3}.pdf", [.. Letter, (byte)kept], $"\"{version}\"")).Status == 200)
            (kept, version) = (kept + 1, version + 1);
        Assert.Equal(422, answer.Status);
        Assert.Equal(40, kept);
        Assert.Equal(kept, (await app.GetAsync(Path))["value"]!.Count());
        var blobs = await app.Services.GetRequiredService<IBlobStorage>().ListAsync("attachments", "", TestContext.Current.CancellationToken)
            .CountAsync(TestContext.Current.CancellationToken);
        Assert.Equal(kept, blobs);

        // A shorter one in the place of a long one fits.
        Assert.Equal(200, (await PutAsync(app, "a.pdf", Letter, $"\"{version}\"")).Status);
    }

    [Fact]
    public async Task A_letter_for_which_there_is_no_room_is_refused_by_name_and_taken_once_there_is_some()
    {
        var room = RoomTests.Little(10);
        await using var app = await azurite.OfficeAsync(sample: true, builder => builder.Services.AddSingleton(new TempFiles(() => room())));
        Assert.Equal(507, (await PutAsync(app, "letter.pdf", Letter, "\"1\"")).Status);
        Assert.Empty((await app.GetAsync(Path))["value"]!);
        room = TempFiles.Standard.Open;
        Assert.Equal((200, "\"2\""), Seen(await PutAsync(app, "letter.pdf", Letter, "\"1\"")));
    }

    [Fact]
    public async Task A_record_write_that_fails_loses_neither_the_old_letter_nor_the_new_one()
    {
        await using var proxy = await azurite.ProxyAsync();
        var account = azurite.NewAccount();
        await using var app = await TestApp.OpenAsync(proxy.ConnectionStringFor(account), sample: true);
        await PutAsync(app, "letter.pdf", Letter, "\"1\"");
        byte[] second = [.. Letter, 2];

        proxy.On(request => request.Verb == "POST" && request.Path.Contains("$batch", StringComparison.Ordinal)
            && Encoding.UTF8.GetString(request.Body).Contains("/relationships(", StringComparison.Ordinal), new Fault.Reset(), times: 100);
        Assert.Equal(503, (await PutAsync(app, "letter.pdf", second, "\"2\"")).Status);
        proxy.Heal();

        using var kept = await app.Client.GetAsync(new Uri($"{Path}/letter.pdf", UriKind.Relative));
        Assert.Equal(Letter, await kept.Content.ReadAsByteArrayAsync());
        Assert.Equal((200, "\"3\""), Seen(await PutAsync(app, "letter.pdf", second, "\"2\"")));
    }

    [Fact]
    public async Task An_attachment_of_an_unknown_record_or_type_is_not_found()
    {
        var app = await azurite.SampleOfficeAsync();
        Assert.Equal(404, (await app.SendAsync("GET", "/api/v1/relationships/NONE/attachments/a.pdf")).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/api/v1/nothings/R01/attachments/a.pdf")).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/api/v1/relationships/R01/attachments/a.pdf")).Status);
    }

    private static (int Status, string? ETag) Seen(Answer answer) => (answer.Status, answer.ETag);

    private static async Task<Answer> PutAsync(TestApp app, string name, byte[] bytes, string? ifMatch, string mediaType = "application/pdf",
        bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Path}/{name}")
        {
            Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };
        request.Headers.TransferEncodingChunked = chunked;
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await app.Client.SendAsync(request);
        return new Answer((int)response.StatusCode, response.Headers.ETag?.ToString(), null, response.Content.Headers.ContentType?.MediaType, null);
    }

    private static async Task<(int Status, string? ETag)> DeleteAsync(TestApp app, string name, string ifMatch) =>
        Seen(await app.SendAsync("DELETE", $"{Path}/{name}", ifMatch: ifMatch));
}
