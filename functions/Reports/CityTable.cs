using System.Globalization;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Reports;

/// <summary>The cities of the circle by stage and since when, as rows of text in one language.</summary>
/// <param name="Note">What an asterisk means; null where there is none.</param>
internal sealed record CityTable(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows, string? Note)
{
    private static readonly Text[] Columns =
        [new("No.", "序号"), new("City", "城市"), new("Country", "国家"), new("Stage", "阶段"), new("Since", "起始时间")];

    private static readonly Text Asterisk = new("* The date is illustrative.", "* 日期为示例数据。");

    public static CityTable Of(Briefing briefing, Language language)
    {
        var countries = briefing.Context.Registry.Of(Country.Type);
        var rows = briefing.Ties.Select((tie, index) => (IReadOnlyList<string>)
        [
            (index + 1).ToString(CultureInfo.InvariantCulture),
            language == Language.Chinese ? tie.City.NameZh : tie.City.NameEn,
            countries.Get(tie.City.CountryId) is { } country ? (language == Language.Chinese ? country.NameZh : country.NameEn) : tie.City.CountryId,
            StageEvent.Stages.Label(tie.Stage.Stage)!.In(language),
            Words.Day(tie.Stage.Day, language, tie.Stage.DatePrecision ?? "day") + (tie.Row.Source == Provenance.Illustrative ? "*" : ""),
        ]).ToList();
        return new([.. Columns.Select(column => column.In(language))], rows,
            briefing.Ties.Any(tie => tie.Row.Source == Provenance.Illustrative) ? Asterisk.In(language) : null);
    }
}
