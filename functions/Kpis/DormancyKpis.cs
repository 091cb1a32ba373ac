using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>Which city has gone silent.</summary>
internal static class DormancyKpis
{
    private const int SilentMonths = 12;

    public static readonly Kpi Dormant = new("K13", new("Dormant cities", "休眠友城数与占比"),
        new("Cities of the circle whose last activity is more than 12 months old, or that never had one; of all cities of the circle", "最近一次活动早于 12 个月前或从无活动的朋友圈城市;占全部朋友圈城市"), "cities", "P7", 1,
        Tie.Explained(context =>
        {
            var since = context.AsOf.AddMonths(-SilentMonths);
            var active = context.Of(Activity.Type).Where(activity => activity.Day >= since && activity.Day <= context.AsOf).SelectMany(activity => activity.CityIds).ToHashSet();
            var ties = Tie.On(context, context.AsOf);
            var silent = ties.Where(tie => !active.Contains(tie.City.Id)).OrderBy(tie => tie.City.Id, StringComparer.Ordinal).ToList();
            return
            [
                Figure.Count([.. silent.Select(tie => tie.Row)]) with
                {
                    Items = [.. silent.Select(tie => tie.City.Id)],
                    Numerator = silent.Count,
                    Denominator = ties.Count,
                },
            ];
        }));
}
