using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Reports;

/// <summary>A sentence the office says, with the figures it rests on.</summary>
/// <param name="Id">Stable, for whoever quotes it.</param>
internal sealed record BriefingSentence(string Id, Text Text, IReadOnlyList<KpiValue> Values)
{
    /// <summary>How many records behind it rest on illustrative facts; the notes say so.</summary>
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
/// What the office prints before a meeting or a press conference: its standing sentences with the numbers of a day, its cities by stage, and behind
/// them what the sentences rest on. Every number is a figure of the catalogue.
/// </summary>
/// <param name="Home">The city whose ties these are: the one most of them name.</param>
internal sealed record Briefing(Text Title, KpiContext Context, City? Home, IReadOnlyList<BriefingSection> Sections)
{
    public static readonly Text CitiesTitle = new("Cities by stage", "友城名录");
    public static readonly Text NotesTitle = new("Notes: records and definitions", "附注：依据与口径");

    /// <summary>Under which conditions all of it holds.</summary>
    public Text Basis => new(
        $"As of {Words.Day(Context.AsOf, Language.English)}. Scope: {Words.Scope(Context).En}. Evidence: "
            + $"{string.Join(", ", Context.Scenarios.Select(each => Words.Scenario(each).En))}. "
            + $"Baseline: {Words.Day(Context.Baseline, Language.English)}.",
        $"截至{Words.Day(Context.AsOf, Language.Chinese)}；统计范围：{Words.Scope(Context).Zh}；"
            + $"证据：{string.Join("、", Context.Scenarios.Select(each => Words.Scenario(each).Zh))}；"
            + $"基线：{Words.Day(Context.Baseline, Language.Chinese)}。");

    public int Illustrative => Sections.Sum(section => section.Sentences.Count(sentence => sentence.Illustrative > 0));

    private int Count => Sections.Sum(section => section.Sentences.Count);

    /// <summary>What a reader must know before quoting; null when every sentence rests on facts.</summary>
    public Text? Warning => Illustrative == 0 ? null : new(
        $"Sentences that rest in part on illustrative records (the notes say which): {Illustrative} of {Count}. Do not quote them outside "
            + "before the office has replaced these records.",
        $"本简报{Count}段中有{Illustrative}段部分依据示例数据（见文末附注），替换为本单位数据之前，请勿对外引用。");

    /// <summary>The ties of the day, the closest stage first and within it the longest.</summary>
    public IReadOnlyList<CityRelationship> Ties { get; } =
    [
        .. CityRelationship.On(Context, Context.AsOf).OrderByDescending(tie => StageEvent.Stages.IndexOf(tie.Stage.Stage))
            .ThenBy(tie => tie.Stage.Day).ThenBy(tie => tie.City.Id, StringComparer.Ordinal),
    ];

    /// <summary>The definitions that all its sentences follow, each once, in the order of ids.</summary>
    public IEnumerable<(Kpi Kpi, string Version)> Definitions => Sections.SelectMany(section => section.Sentences)
        .SelectMany(sentence => sentence.Definitions).DistinctBy(each => each.Version).OrderBy(each => each.Version, StringComparer.Ordinal);

    /// <summary>What a sentence rests on: its records by their source, and its figures by their names.</summary>
    public static string Note(BriefingSentence sentence, Language language)
    {
        var chinese = language == Language.Chinese;
        var evidence = string.Join(chinese ? "、" : ", ", sentence.Evidence.Select(each => chinese
            ? FormattableString.Invariant($"{Words.Source(each.Source).Zh}{each.Records}条")
            : FormattableString.Invariant($"{Words.Source(each.Source).En} {each.Records}")));
        var figures = string.Join(chinese ? "、" : ", ", sentence.Definitions.Select(each => each.Kpi.Name.In(language)));
        return chinese ? $"依据记录：{(evidence.Length == 0 ? "无" : evidence)}。所用指标：{figures}。"
            : $"Records: {(evidence.Length == 0 ? "none" : evidence)}. Figures: {figures}.";
    }

    /// <summary>A note for each sentence, with where the sentence stands.</summary>
    public IEnumerable<(string Place, string Note)> Notes(Language language) => Sections.SelectMany((section, i) =>
        section.Sentences.Select((sentence, j) => (Place(i + 1, j + 1, language), Note(sentence, language))));

    private static string Place(int part, int sentence, Language language) => language == Language.Chinese
        ? FormattableString.Invariant($"第{Words.Ordinal(part)}部分第{sentence}段")
        : FormattableString.Invariant($"{part}.{sentence}");

    /// <summary>A definition as a line: its name, where the catalogue has it, what it counts.</summary>
    public static (string Name, string Formula) Definition((Kpi Kpi, string Version) each, Language language) => language == Language.Chinese
        ? ($"{each.Kpi.Name.Zh}（{each.Kpi.Id}，第{each.Kpi.Version}版）：", $"{each.Kpi.Formula.Zh.TrimEnd('。')}。")
        : ($"{each.Kpi.Name.En} ({each.Kpi.Id}, version {each.Kpi.Version}): ", $"{each.Kpi.Formula.En.TrimEnd('.')}.");
}
