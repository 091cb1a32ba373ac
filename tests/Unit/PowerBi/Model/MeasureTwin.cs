using System.Text.RegularExpressions;
using FriendCity.Tests.Integration.PowerBi.Model;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>A measure told in SQL, and where its number must be found besides: a block of measures.sql.</summary>
/// <param name="Answer">What the API answers to: see <see cref="TwinAnswers"/>.</param>
internal sealed partial record MeasureTwin(string Measure, string Answer, string Sql)
{
    public const string Prelude = "";

    /// <summary>The blocks of the file; the first one defines what the others share.</summary>
    public static IReadOnlyList<MeasureTwin> All() =>
    [
        .. Block().Matches(File.ReadAllText(Repository.At("tests", "Unit", "PowerBi", "Model", "measures.sql")).ReplaceLineEndings("\n"))
            .Select(block => new MeasureTwin(block.Groups["measure"].Value, block.Groups["answer"].Value, block.Groups["sql"].Value.Trim())),
    ];

    [GeneratedRegex(@"^-- \[(?<measure>[^\]]*)\] (= )?(?<answer>.+)\n(?<sql>((?!-- ).*\n?)+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex Block();
}
