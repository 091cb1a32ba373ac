using System.Text;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Files;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Http;

/// <summary>Parts of the API that need neither records nor a server.</summary>
public sealed class SmallPartTests
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>The examples of RFC 7396, appendix A, as far as both are objects; and what a shorthand might get wrong.</summary>
    [Theory]
    [InlineData("{'a':'b'}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}")]
    [InlineData("{'a':'b'}", "{'a':null}", "{}")]
    [InlineData("{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}")]
    [InlineData("{'a':['b']}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':'c'}", "{'a':['b']}", "{'a':['b']}")]
    [InlineData("{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}")]
    [InlineData("{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}")]
    [InlineData("{'e':null}", "{'a':1}", "{'e':null,'a':1}")]
    [InlineData("{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}")]
    [InlineData("{'a':[1]}", "{'a':{'b':1}}", "{'a':{'b':1}}")]
    public void A_merge_patch_merges_as_RFC_7396_says(string target, string patch, string result)
    {
        static JObject Of(string text) => JObject.Parse(text.Replace('\'', '"'));
        var given = Of(patch);
        Assert.True(JToken.DeepEquals(Of(result), MergePatch.Apply(Of(target), given)));
        Assert.True(JToken.DeepEquals(Of(patch), given));
    }

    [Theory]
    [InlineData("application/json", "application/json", 0)]
    [InlineData("application/json; charset=UTF-8", "application/json", 0)]
    [InlineData("application/json; charset=\"utf-8\"", "application/json", 0)]
    [InlineData("APPLICATION/JSON", "application/json", 0)]
    [InlineData("application/merge-patch+json", "application/merge-patch+json", 0)]
    [InlineData("application/json", "application/merge-patch+json", 0)]
    [InlineData("application/merge-patch+json", "application/json", 415)]
    [InlineData("application/json; charset=gbk", "application/json", 415)]
    [InlineData("text/json", "application/json", 415)]
    [InlineData(null, "application/json", 415)]
    public async Task A_body_is_JSON_in_UTF_8_by_its_type(string? type, string wanted, int status)
    {
        var request = Request("{}", type);
        Assert.Equal(status, (await Refusal.OfAsync(() => JsonBody.ReadAsync(request, wanted, default)))?.Code.Status ?? 0);
    }

    [Theory]
    [InlineData("PATCH", "application/merge-patch+json", "Accept-Patch", "application/merge-patch+json, application/json")]
    [InlineData("POST", "application/json", "Accept", "application/json")]
    public async Task A_body_of_another_type_is_told_what_to_send(string method, string wanted, string header, string instead)
    {
        var request = Request("{}", "text/csv");
        request.Method = method;
        var problem = (await Refusal.OfAsync(() => JsonBody.ReadAsync(request, wanted, default)))!;
        Assert.Equal((Problems.UnsupportedMediaType, instead), (problem.Code, problem.Instead[header]));
    }

    [Theory]
    [InlineData("identity", 0)]
    [InlineData("Identity", 0)]
    [InlineData("gzip", 415)]
    public async Task A_body_is_not_compressed(string coding, int status)
    {
        var request = Request("{}", "application/json");
        request.Headers.ContentEncoding = coding;
        var problem = await Refusal.OfAsync(() => JsonBody.ReadAsync(request, "application/json", default));
        Assert.Equal(status, problem?.Code.Status ?? 0);
        Assert.Equal(status == 0 ? null : "identity", problem?.Instead["Accept-Encoding"]);
    }

    /// <summary>By what it says and by what it is: a body of unknown length is counted as it comes.</summary>
    [Theory]
    [InlineData(0, true, 0)]
    [InlineData(0, false, 0)]
    [InlineData(1, true, 413)]
    [InlineData(1, false, 413)]
    public async Task A_body_of_a_mebibyte_is_taken_and_no_byte_more(int more, bool told, int status)
    {
        var request = Request("{}" + new string(' ', JsonBody.MaxBytes + more - 2), "application/json");
        request.ContentLength = told ? request.Body.Length : null;
        var problem = await Refusal.OfAsync(() => JsonBody.ReadAsync(request, "application/json", default));
        Assert.Equal(status, problem?.Code.Status ?? 0);
        // What is too long by its own word is not read.
        Assert.Equal(told && more > 0, request.Body.Position == 0);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("[]", "invalid")]
    [InlineData("1", "invalid")]
    [InlineData("{", "malformed_json")]
    public void A_body_is_an_object(string text, string? code) =>
        Assert.Equal(code, Refusal.Of(() => JsonBody.Parse(Encoding.UTF8.GetBytes(text)))?.Code.Name);

    /// <summary>A type is told by how a file begins, and needs all of that.</summary>
    [Theory]
    [InlineData("application/pdf", "255044462D", true)]
    [InlineData("APPLICATION/PDF", "255044462D31", true)]
    [InlineData("application/pdf", "25504446", false)]
    [InlineData("application/pdf", "89504E470D0A1A0A", false)]
    [InlineData("image/png", "89504E470D0A1A0A00", true)]
    [InlineData("image/jpeg", "FFD8FF", true)]
    [InlineData("image/jpeg", "FFD8FE", false)]
    [InlineData("image/tiff", "49492A00", true)]
    [InlineData("image/tiff", "4D4D002A", true)]
    [InlineData("image/tiff", "4D4D2A00", false)]
    [InlineData("text/html", "255044462D", false)]
    public void A_file_begins_as_its_type_says(string mediaType, string begin, bool fits) =>
        Assert.Equal(fits, AttachmentRules.Fits(mediaType, Convert.FromHexString(begin)));

    [Theory]
    [InlineData("application/pdf", true, ".pdf")]
    [InlineData("Image/JPEG", true, ".jpg, .jpeg, .jpe, .jfif")]
    [InlineData("image/tiff", true, ".tif, .tiff")]
    [InlineData("text/html", false, "")]
    public void Known_types_have_their_extensions(string mediaType, bool known, string extensions) =>
        Assert.Equal((known, extensions), (AttachmentRules.Knows(mediaType), AttachmentRules.ExtensionsOf(mediaType)));

    [Theory]
    [InlineData(119, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    [InlineData(0, false)]
    public void A_name_has_up_to_120_characters(int length, bool taken) => Assert.Equal(taken, AttachmentRules.IsName(new string('a', length)));

    [Theory]
    [InlineData(null, "https", "city.example", "https://city.example")]
    [InlineData(null, "https, http", "city.example, inner:8080", "https://city.example")]
    [InlineData(null, "http", "city.example:8443", "http://city.example:8443")]
    [InlineData(null, "javascript", "a b", "http://here")]
    [InlineData(null, "", "user@city.example", "http://here")]
    [InlineData(null, null, null, "http://here")]
    [InlineData("https://city.example", "http", "evil.example", "https://city.example")]
    [InlineData("https://city.example:8443", null, null, "https://city.example:8443")]
    public void The_setting_wins_over_what_was_forwarded_and_that_over_the_host(string? setting, string? proto, string? host, string expected)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = ("http", new HostString("here"));
        if (proto is not null)
            request.Headers["X-Forwarded-Proto"] = proto;
        if (host is not null)
            request.Headers["X-Forwarded-Host"] = host;
        new PublicAddress(setting is null ? null : new Uri(setting)).Apply(request);
        Assert.Equal(expected + "/x", PublicAddress.Of(request, "/x"));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("city.example", false)]
    public void Only_this_machines_own_name_is_believed_without_a_setting(string host, bool known)
    {
        var request = new DefaultHttpContext { Request = { Host = new HostString(host, 7071) } }.Request;
        Assert.Equal(known ? null : Problems.AddressUnknown, Refusal.Of(() => new PublicAddress(null).RequireKnown(request))?.Code);
        Assert.Null(Refusal.Of(() => new PublicAddress(new Uri("https://city.example")).RequireKnown(request)));
    }

    private static HttpRequest Request(string body, string? type)
    {
        var request = new DefaultHttpContext { Request = { Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) } }.Request;
        request.ContentType = type;
        return request;
    }
}
