using System.Net.Http.Headers;
using System.Text;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>Requests as a partner's program sends them, and answers down to the last header.</summary>
internal static class ApiClient
{
    public const string MergePatch = "application/merge-patch+json";

    /// <param name="body">A tree, text, or bytes.</param>
    /// <param name="etag">If-Match.</param>
    public static Task<Reply> CallAsync(
        this TestApp app, string method, string path, object? body = null, string? etag = null, string? type = "application/json",
        params (string Name, string Value)[] headers) =>
        app.Client.CallAsync(method, path, body, etag is null ? headers : [("If-Match", etag), .. headers], type);

    public static async Task<Reply> CallAsync(this HttpClient client, string method, string path, object? body, (string Name, string Value)[] headers,
        string? type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body as byte[]
                ?? Encoding.UTF8.GetBytes(body as string ?? ((JToken)body).ToString(Newtonsoft.Json.Formatting.None)));
            request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        }

        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers);
        return new Reply((int)response.StatusCode, all.ToDictionary(header => header.Key, header => string.Join(", ", header.Value),
            StringComparer.OrdinalIgnoreCase), await response.Content.ReadAsStringAsync());
    }

    /// <summary>Stores a record that must be accepted, and answers its path.</summary>
    /// <param name="alike">Though it is alike another.</param>
    public static async Task<string> CreateAsync(this TestApp app, string type, JObject body, bool alike = false)
    {
        var reply = await app.CallAsync("POST", $"/api/v1/{type}{(alike ? "?allowDuplicate=true" : "")}", body);
        Assert.True(reply.Status == 201, $"{reply.Status} {reply.Text}");
        return $"/api/v1/{type}/{reply.Json["id"]}";
    }
}

internal sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JObject Json => (JObject)FriendCity.Serialization.Json.Parse(Text);

    public string? ETag => Headers.GetValueOrDefault("ETag");

    /// <summary>The faults of a refused record, as <c>pointer rule</c>, sorted.</summary>
    public string Faults =>
        string.Join("; ", (Json["errors"] ?? new JArray()).Select(error => $"{error["pointer"]} {error["rule"]}").Order(StringComparer.Ordinal));

    /// <summary>Asserts an RFC 9457 problem, whole: every refusal has this one shape.</summary>
    public Reply IsProblem(int status, string code, Language language = Language.English)
    {
        Assert.True(status == Status && Text.Length > 0, $"Expected {status} {code}, got {Status} {Text}");
        Assert.Equal("application/problem+json; charset=utf-8", Headers["Content-Type"]);
        Assert.Equal(Languages.Tag(language), Headers["Content-Language"]);
        var known = Assert.Single(Problems.All, each => each.Name == code);
        var problem = Json;
        Assert.Equal((status, status), (known.Status, (int)problem["status"]!));
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal($"/docs/problems#{code}", (string?)problem["type"]);
        Assert.Equal(known.Title.In(language), (string?)problem["title"]);
        Assert.StartsWith("/", (string?)problem["instance"], StringComparison.Ordinal);
        Assert.NotEmpty((string)problem["traceId"]!);
        return this;
    }

    public Reply Is(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status} {Text}");
        return this;
    }
}
