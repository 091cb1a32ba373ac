using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;

namespace FriendCity.Kpis.Definitions;

/// <summary>Friend-city elements in the platforms that call for them.</summary>
internal static class PlatformKpis
{
    public static readonly Kpi Elements = new("K28", new("Elements per platform", "每平台友城元素数"),
        new("Friend-city elements of cities in scope that stand in the platform on the day", "当日该平台中范围内城市的友城元素数"), "elements", "platform",
        Better.Higher, "P13", 1, ["platforms", "cities"],
        context =>
        {
            var elements = PlatformElement.On(context).Where(element => context.InScope(element.CityId)).ToLookup(element => element.Platform.Id);
            return PlatformElement.Platforms(context)
                .Select(platform => Figure.Count([.. elements[platform.Id].Select(element => element.Row)]).By("platform", platform.Id)
                .RestingOn([.. Inputs.Platforms(context).Where(row => row.Record == platform),
                    .. Inputs.Cities(context, elements[platform.Id].Select(element => element.CityId))]));
        });

    public static readonly Kpi ThisYear = new("K29", new("Platforms with an element this year", "平台年度达标率"),
        new("Platforms with at least one element that is new or was renewed in the year of the day, up to the day / platforms that call for elements",
            "当年（截至当日）新增或更新友城元素的平台数 / 要求植入的平台数"), "ratio", "scope", Better.Higher, "P8,P13", 1, ["platforms", "cities"],
        context =>
        {
            var platforms = PlatformElement.Platforms(context);
            var fresh = PlatformElement.On(context).Where(element => context.InScope(element.CityId)
                && (IsOfTheYear(context, element.Embedding.Since) || IsOfTheYear(context, element.Embedding.RenewedOn))).ToList();
            return
            [
                Figure.Ratio(fresh.Select(element => element.Platform.Id).Distinct().Count(), platforms.Count,
                    [.. fresh.Select(element => element.Row)], new("No platform calls for friend-city elements.", "没有要求植入友城元素的平台。"))
                    .RestingOn([.. Inputs.Platforms(context), .. Inputs.Cities(context, fresh.Select(element => element.CityId))]),
            ];
        });

    private static bool IsOfTheYear(KpiContext context, DateOnly? day) => day is { } date && date.Year == context.AsOf.Year && date <= context.AsOf;
}
