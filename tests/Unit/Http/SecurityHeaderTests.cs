using System.Text;
using FriendCity.Http.Middleware;
using FriendCity.Records;
using FriendCity.RecordsApi.Files;
using FriendCity.Storage.Blobs;

namespace FriendCity.Tests.Unit.Http;

/// <summary>What a browser is told beside every answer, and beside a file in particular.</summary>
public sealed class SecurityHeaderTests
{
    [Theory]
    [InlineData("http", "")]
    [InlineData("https", "max-age=31536000")]
    public void Every_answer_says_that_nothing_in_it_is_guessed_framed_or_run(string scheme, string strict)
    {
        var http = new DefaultHttpContext { Request = { Scheme = scheme } };
        SecurityHeaders.Apply(http);
        var headers = http.Response.Headers;
        Assert.Equal("nosniff", headers.XContentTypeOptions);
        Assert.Equal("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'", headers.ContentSecurityPolicy);
        Assert.Equal("no-referrer", headers["Referrer-Policy"]);
        Assert.Equal(strict, headers.StrictTransportSecurity.ToString());
    }

    [Fact]
    public async Task A_file_is_saved_under_its_name_and_never_shown_or_run()
    {
        var bytes = Encoding.ASCII.GetBytes("%PDF-1.7 <script>");
        var attachment = new Attachment("友城.pdf", "application/pdf", bytes.Length, new string('a', 64));
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        SecurityHeaders.Apply(http);
        var stream = new MemoryStream(bytes);
        await using var stored = new BlobContent(stream, bytes.Length, bytes.Length, "\"x\"", "text/html", new Dictionary<string, string>());
        await new AttachmentResult(attachment, stored).ExecuteAsync(http);

        var (response, headers) = (http.Response, http.Response.Headers);
        Assert.Equal("nosniff", headers.XContentTypeOptions);
        Assert.Equal("sandbox", headers.ContentSecurityPolicy);
        Assert.Equal(("no-cache", $"\"{attachment.Sha256}\""), (headers.CacheControl.ToString(), headers.ETag.ToString()));
        Assert.Equal(("application/pdf", (long?)bytes.Length), (response.ContentType, response.ContentLength));
        Assert.StartsWith("attachment; ", headers.ContentDisposition.ToString(), StringComparison.Ordinal);
        Assert.Contains("filename*=UTF-8''%E5%8F%8B%E5%9F%8E.pdf", headers.ContentDisposition.ToString(), StringComparison.Ordinal);
        Assert.Equal(bytes, body.ToArray());
    }
}
