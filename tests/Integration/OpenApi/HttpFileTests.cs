using System.Text.RegularExpressions;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary><c>docs/api.http</c> top to bottom, as an editor sends it: each request answers with the status that its title says.</summary>
public sealed partial class HttpFileTests(Azurite azurite)
{
    [Fact]
    public async Task Its_requests_answer_as_their_titles_say()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        using var client = app.NewClient();
        var answers = new Dictionary<string, Reply>();
        var requests = File.ReadAllText(Repository.At("docs", "api.http")).Split("\n### ").Skip(1).ToList();
        Assert.InRange(requests.Count, 12, 40);
        foreach (var request in requests)
        {
            var lines = request.Split('\n');
            var (title, name) = (lines[0], lines.FirstOrDefault(line => line.StartsWith("# @name ", StringComparison.Ordinal))?[8..]);
            var head = lines.Skip(1).SkipWhile(line => line.StartsWith('#')).TakeWhile(line => line.Length > 0).ToList();
            var body = string.Join('\n', lines.Skip(1).SkipWhile(line => line.Length > 0)).Trim();
            var (method, address) = (head[0].Split(' ', 2)[0], Filled(head[0].Split(' ', 2)[1]));
            var headers = head.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => Filled(parts[1]));
            headers.Remove("Content-Type", out var type);
            var reply = await client.CallAsync(method, address, body.Length > 0 ? body : null,
                [.. headers.Select(header => (header.Key, header.Value))], type);
            Assert.True(title.EndsWith($"({reply.Status})", StringComparison.Ordinal), $"{title}: {reply.Status} {reply.Text}");
            if (name is not null)
                answers.Add(name, reply);
        }

        string Filled(string text) => Variable().Replace(text, match => match.Groups["name"].Value switch
        {
            "base" => "",
            "key" => app.Key,
            "$guid" => Guid.NewGuid().ToString(),
            var name => answers[name.Split('.')[0]].Headers[name.Split('.')[^1]],
        });
    }

    [GeneratedRegex(@"\{\{(?<name>[$\w.]+)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
