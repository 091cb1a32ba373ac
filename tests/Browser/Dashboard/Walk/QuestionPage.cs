using System.Text.RegularExpressions;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Browser.Dashboard.Walk;

/// <summary>The questions of <c>docs/dashboard.md</c> or its Chinese twin, each with the panels that answer it and the clicks it takes.</summary>
internal sealed partial record QuestionPage(IReadOnlyList<Question> Questions)
{
    public static QuestionPage Read(string file) => new([.. Row().Matches(File.ReadAllText(Repository.At("docs", file))).Select(row => new Question(
        row.Groups["chapter"].Value.Trim(), row.Groups["question"].Value,
        [.. Anchor().Matches(row.Groups["panel"].Value).Select(anchor => anchor.Groups["id"].Value)],
        [.. Digit().Matches(row.Groups["clicks"].Value).Select(digit => int.Parse(digit.Value, null))]))]);

    public IEnumerable<string> Panels => Questions.SelectMany(question => question.Panels).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"^\| (?<chapter>[^|]*)\| (?<question>[^|]+[?？]) \| (?<panel>[^|]+) \| (?<clicks>\d[^|]*) \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("`#(?<id>[a-z-]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digit();
}

internal sealed record Question(string Chapter, string Text, IReadOnlyList<string> Panels, IReadOnlyList<int> Clicks);
