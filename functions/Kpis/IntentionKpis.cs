namespace FriendCity.Kpis;

/// <summary>Intentions, and what becomes of them.</summary>
internal static class IntentionKpis
{
    private const int StaleDays = 365;

    public static readonly Kpi Stale = new("K10", new("Stale intentions", "久未转化意向数"),
        new("Cities at intention for more than 365 days", "停留在意向阶段超过 365 天的城市数"), "cities", "P2,P6", 1,
        Tie.Explained(context =>
        {
            var stale = Tie.On(context, context.AsOf).Where(tie => tie.IsIntention && tie.Stage.Day < context.AsOf.AddDays(-StaleDays)).OrderBy(tie => tie.City.Id, StringComparer.Ordinal).ToList();
            return [Figure.Count([.. stale.Select(tie => tie.Row)]) with { Items = [.. stale.Select(tie => tie.City.Id)] }];
        }));
}
