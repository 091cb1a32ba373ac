using System.Globalization;
using FriendCity.Kpis;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Reports;

/// <summary>Numbers, days and names as sentences write them.</summary>
internal static class Words
{
    public static readonly Text Unknown = new("(not known)", "(数据不详)");
    public static readonly Text None = new("none", "无");

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Text Source(string source) => source switch
    {
        "article" => new("article", "文章"),
        "public" => new("public", "公开资料"),
        Provenance.Illustrative => Briefing.Mark,
        _ => new("office", "本单位"),
    };

    /// <summary>A number as <c>n</c> (two decimals at most), <c>%</c>, or <c>m</c> (millions); null where it is unknown.</summary>
    public static string? Number(double? number, string form) => number is not { } value ? null : form switch
    {
        "%" => $"{(100 * value).ToString("#,0.#", CultureInfo.InvariantCulture)}%",
        "m" => (value / 1e6).ToString("#,0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>Ids of cities, countries and projects by their names.</summary>
    public static string Names(KpiContext context, IReadOnlyList<string> ids, Language language) => ids.Count == 0
        ? None.In(language)
        : string.Join(language == Language.Chinese ? "、" : ", ", ids.Select(id => Name(context, id)?.In(language) ?? id));

    private static Text? Name(KpiContext context, string id) =>
        context.City(id) is { } city ? new(city.NameEn, city.NameZh)
        : context.View.Of(Country.Type).Get(id) is { } country ? new(country.NameEn, country.NameZh)
        : context.View.Of(Project.Type).Get(id) is { } project ? new(project.NameEn, project.NameZh)
        : null;
}
