using System.Globalization;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Reports;

/// <summary>Numbers, days and names as sentences write them.</summary>
internal static class Words
{
    public static readonly Text Unknown = new("(not known)", "（数据不详）");
    public static readonly Text None = new("none", "无");

    private static readonly Text Illustrative = new("illustrative", "示例");

    /// <summary>As files are named.</summary>
    public static string Day(DateOnly day) => day.Iso();

    /// <summary>As sentences say it, as exactly as it is known: <c>day</c>, <c>month</c> or <c>year</c>.</summary>
    public static string Day(DateOnly day, Language language, string precision = "day") => day.ToString((language, precision) switch
    {
        (Language.Chinese, "year") => "yyyy年",
        (Language.Chinese, "month") => "yyyy年M月",
        (Language.Chinese, _) => "yyyy年M月d日",
        (_, "year") => "yyyy",
        (_, "month") => "MMMM yyyy",
        _ => "d MMMM yyyy",
    }, CultureInfo.InvariantCulture);

    /// <summary>The number of a part in Chinese, as documents count their parts: 一, 十, 十一.</summary>
    public static string Ordinal(int number)
    {
        const string Digits = "一二三四五六七八九";
        var (tens, ones) = (number / 10, number % 10);
        return (tens > 1 ? $"{Digits[tens - 1]}" : "") + (tens > 0 ? "十" : "") + (ones > 0 ? $"{Digits[ones - 1]}" : "");
    }

    public static Text Source(string source) => source switch
    {
        "article" => new("article", "文章"),
        "public" => new("public", "公开资料"),
        Provenance.Illustrative => Illustrative,
        _ => new("office", "本单位"),
    };

    /// <summary>A set of evidence by its name.</summary>
    public static Text Scenario(string scenario) => scenario switch
    {
        "ARTICLE" => new("the article", "文章"),
        "PUBLIC_UPDATE" => new("public updates", "公开更新"),
        Provenance.Office => new("the office's records", "本单位登记"),
        _ => new("placeholders", "占位数据"),
    };

    /// <summary>What the figures are about: a scope that the office keeps has its name, the others are what they say.</summary>
    public static Text Scope(KpiContext context) =>
        context.Scope is { NameEn.Length: > 0 } kept ? new(kept.NameEn, kept.NameZh) : context.Scope.Id switch
        {
            "members" => new("members of the SCO", "上合组织成员国"),
            "partners" => new("observers and partners of the SCO", "上合组织观察员国和对话伙伴"),
            "family" => new("the SCO family", "上合组织大家庭"),
            "world" => new("the world", "全球"),
            _ when context.Scope.CountryIds is [var only] && context.Registry.Of(Country.Type).Get(only) is { } country
                && context.Scope.Id == $"country:{only}" => new(country.NameEn, country.NameZh),
            _ when context.Scope.CountryIds is [var first, ..] && context.Registry.Of(Country.Type)
                .Get(first) is { RegionEn: { } en, RegionZh: { } zh } =>
                new(en, zh),
            var id => new(id, id),
        };

    /// <summary>A value with its unit as each language counts: yuan in millions, and in 亿元.</summary>
    public static Text Amount(double? value, string unit) => unit switch
    {
        "ratio" => Same(Number(value, "%")),
        "CNY" when value is not null => new($"CNY {Number(value, "m")} million", Number(value, "y")!),
        "CNY 100 m" when value is not null => new($"CNY {Number(value * 1e8, "m")} million", Number(value * 1e8, "y")!),
        _ => Same(Number(value, "n")),
    };

    /// <summary>
    /// A number as <c>n</c> (two decimals at most), <c>%</c>, <c>m</c> (millions), or <c>y</c> (亿元 to the ten thousand, for sentences in
    /// Chinese); null where it is unknown.
    /// </summary>
    public static string? Number(double? number, string form) => number is not { } value ? null : form switch
    {
        "%" => $"{(100 * value).ToString("#,0.#", CultureInfo.InvariantCulture)}%",
        "y" => $"{(value / 1e8).ToString("#,0.####", CultureInfo.InvariantCulture)}亿元",
        "m" => (value / 1e6).ToString("#,0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>Ids of cities, countries and projects by their names.</summary>
    public static string Names(KpiContext context, IReadOnlyList<string> ids, Language language) => ids.Count == 0
        ? None.In(language)
        : string.Join(language == Language.Chinese ? "、" : ", ", ids.Select(id => Name(context, id)?.In(language) ?? id));

    private static Text Same(string? number) => new(number ?? Unknown.En, number ?? Unknown.Zh);

    private static Text? Name(KpiContext context, string id) =>
        context.City(id) is { } city ? new(city.NameEn, city.NameZh)
        : context.Registry.Of(Country.Type).Get(id) is { } country ? new(country.NameEn, country.NameZh)
        : context.Registry.Of(Project.Type).Get(id) is { } project ? new(project.NameEn, project.NameZh)
        : null;
}
