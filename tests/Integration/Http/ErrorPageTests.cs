using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FriendCity.Http.Errors;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Http;

/// <summary>docs/errors.md is made of the codes that there are, and each of them is met in some test.</summary>
public sealed partial class ErrorPageTests
{
    private const string Rewrite = "FRIENDCITY_WRITE_DOCS";

    private const string Head = """
        # Problem codes

        Every refusal is a problem (RFC 9457) with one of these codes, which stay as they are within `/v1` ([versions](versioning.md)); an
        [operation](snapshots.md) that failed names one as `error.code`. The service shows the same list at `/docs/problems`. Written from the code by the
        test `ErrorPageTests`, which also sees to it that some test meets each.

        错误代码：每次拒绝都是 RFC 9457 问题，其 `code` 为下列之一，在 `/v1` 内保持不变；失败的操作在 `error.code` 中给出同样的代码。

        | Code | Status | Title | 中文标题 |
        |---|---|---|---|

        """;

    [Fact]
    public async Task The_page_has_every_code_as_the_service_has_it()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var code in Problems.All.OrderBy(each => each.Status).ThenBy(each => each.Name, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| `{code.Name}` | {code.Status} | {code.Title.En} | {code.Title.Zh} |\n");
        var page = Repository.At("docs", "errors.md");
        if (Environment.GetEnvironmentVariable(Rewrite) is not null)
            await File.WriteAllTextAsync(page, text.ToString(), TestContext.Current.CancellationToken);
        Assert.True(await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken) == text.ToString(),
            $"Run this test with {Rewrite}=1 and look at what changed. Now it says:\n{text}");
    }

    /// <summary>Read from their text: a code counts as met where a test other than those about all codes names it.</summary>
    [Fact]
    public void Every_code_is_met_in_a_test_and_no_test_expects_another()
    {
        var sources = Directory.EnumerateFiles(Repository.At("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Where(file => Path.GetFileName(file) is not ("DocumentTests.cs" or "ErrorPageTests.cs")).Select(File.ReadAllText).ToList();
        Assert.All(Problems.All, code => Assert.True(
            sources.Exists(source => source.Contains($"\"{code.Name}\"", StringComparison.Ordinal)), $"No test meets {code.Name}."));
        var expected = sources.SelectMany(source => Expected().Matches(source).Select(match => match.Groups["code"].Value)).Distinct().ToList();
        Assert.InRange(expected.Count, 20, Problems.All.Count);
        Assert.Empty(expected.Except(Problems.All.Select(code => code.Name)));
    }

    [GeneratedRegex(@"IsProblem\(\s*[\w.]+,\s*""(?<code>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Expected();
}
