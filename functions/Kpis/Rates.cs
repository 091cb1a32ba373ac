using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>
/// Values in yuan at the rate of a project's own day: the last rate on or before it, otherwise the first one after it.
/// </summary>
internal sealed class Rates(KpiContext context)
{
    private const string Yuan = "CNY";
    private readonly ILookup<string, ExchangeRate> _rates = context.View.Of(ExchangeRate.Type).Live.OrderBy(rate => rate.Day).ToLookup(rate => rate.Currency);

    /// <summary>The planned value, and the source of the rate; null when there is no value or no rate.</summary>
    public (decimal Amount, string? Source)? InCny(DatedProject project)
    {
        if (project.Project is not { PlannedValue: { } value, Currency: { } currency })
            return null;
        if (currency == Yuan)
            return (value, null);

        var day = project.Signed ?? project.Since;
        var rate = _rates[currency].LastOrDefault(each => each.Day <= day) ?? _rates[currency].FirstOrDefault();
        return rate is null ? null : (value * rate.Rate, rate.Source);
    }
}
