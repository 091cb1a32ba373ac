using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;

namespace FriendCity.Reports;

/// <summary>A sentence the office says, with the figures it rests on.</summary>
/// <param name="Id">Stable, for whoever quotes it.</param>
internal sealed record BriefingSentence(string Id, Text Text, IReadOnlyList<KpiValue> Values)
{
    /// <summary>How many records behind it rest on illustrative facts; above 0 it is marked wherever a person sees it.</summary>
    public int Illustrative => Evidence.FirstOrDefault(each => each.Source == Provenance.Illustrative).Records;

    /// <summary>How many records of each source stand behind it: each once, at the weakest source it gives to any of the figures.</summary>
    public IReadOnlyList<(string Source, int Records)> Evidence { get; } =
    [
        .. Values.SelectMany(value => value.Figure.Behind).GroupBy(row => (row.Type, row.Record.Id), row => row.Source)
            .Select(sources => Sources.Weakest([.. sources]))
            .CountBy(source => source).OrderBy(each => Provenance.Sources.IndexOf(each.Key)).Select(each => (each.Key, each.Value)),
    ];

    /// <summary>The definitions it follows, each once.</summary>
    public IEnumerable<(Kpi Kpi, string Version)> Definitions =>
        Values.Select(value => (value.Kpi, $"{value.Kpi.Id} v{value.Version}")).DistinctBy(each => each.Item2);
}

internal sealed record BriefingSection(Text Title, IReadOnlyList<BriefingSentence> Sentences);

/// <summary>
/// What the office prints before a meeting or a press conference: its standing sentences with the numbers of a day. Every number is a figure of
/// the catalogue.
/// </summary>
internal sealed record Briefing(Text Title, KpiContext Context, IReadOnlyList<BriefingSection> Sections)
{
    public static readonly Text Mark = new("illustrative", "示例数据");

    /// <summary>Under which conditions all of it holds.</summary>
    public Text Basis => new(
        $"As of {Words.Day(Context.AsOf)} · scope: {Words.Scope(Context).En} · evidence: "
            + $"{string.Join(", ", Context.Scenarios.Select(each => Words.Scenario(each).En))} · baseline {Words.Day(Context.Baseline)}",
        $"截至 {Words.Day(Context.AsOf)} · 统计范围：{Words.Scope(Context).Zh} · "
            + $"证据集：{string.Join("、", Context.Scenarios.Select(each => Words.Scenario(each).Zh))} · 基线 {Words.Day(Context.Baseline)}");

    public int Illustrative => Sections.Sum(section => section.Sentences.Count(sentence => sentence.Illustrative > 0));

    /// <summary>What a reader must know before quoting; null when every sentence rests on facts.</summary>
    public Text? Warning => Illustrative == 0 ? null : new(
        $"{Illustrative} sentences rest in part on illustrative rows and are marked; they must not be quoted before the office has replaced these "
            + $"rows.",
        $"有 {Illustrative} 句部分依据示例数据，已逐句标注；在替换为本单位数据之前不得引用。");

    /// <summary>The definitions that all its sentences follow, each once, in the order of ids.</summary>
    public IEnumerable<(Kpi Kpi, string Version)> Definitions => Sections.SelectMany(section => section.Sentences)
        .SelectMany(sentence => sentence.Definitions).DistinctBy(each => each.Version).OrderBy(each => each.Version, StringComparer.Ordinal);

    /// <summary>What stands under a sentence: its definitions, and its evidence.</summary>
    public static string Note(BriefingSentence sentence, Language language)
    {
        var chinese = language == Language.Chinese;
        var evidence = string.Join(chinese ? "、" : ", ",
            sentence.Evidence.Select(each => FormattableString.Invariant($"{Words.Source(each.Source).In(language)} {each.Records}")));
        var definitions = string.Join(", ", sentence.Definitions.Select(each => each.Version));
        return chinese ? $"定义 {definitions}；依据记录：{(evidence.Length == 0 ? "无" : evidence)}"
            : $"Definitions {definitions}; records behind it: {(evidence.Length == 0 ? "none" : evidence)}";
    }

    /// <summary>The mark of a sentence that rests on illustrative rows.</summary>
    public static string? MarkOf(BriefingSentence sentence, Language language) =>
        sentence.Illustrative == 0 ? null : FormattableString.Invariant($"[{Mark.In(language)} {sentence.Illustrative}]");
}
