using System.Collections.Concurrent;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Registry;
using FriendCity.Serialization;

namespace FriendCity.Kpis.Facts;

/// <summary>
/// Values in yuan at the rate of a project's own day: the last rate on or before it, otherwise the first one after it.
/// </summary>
internal sealed class Rates(KpiContext context)
{
    private const string Yuan = "CNY";
    private static readonly string[] RateFields = ["currency", "rateToCny", "date"];

    /// <summary>What a project whose worth is known is told by, for the few ways in which its day is.</summary>
    private static readonly ConcurrentDictionary<IReadOnlyList<string>, string[]> Valued = [];

    /// <summary>By currency, from the first day to the last.</summary>
    private readonly Dictionary<string, (DateOnly[] Days, ExchangeRate[] Rates)> _rates = context.Of(ExchangeRate.Type).OrderBy(rate => rate.Day)
        .GroupBy(rate => rate.Currency).ToDictionary(rates => rates.Key, rates => (rates.Select(rate => rate.Day).ToArray(), rates.ToArray()));

    /// <summary>What the projects are worth together, as the measure <c>value</c>; and those whose worth is not known.</summary>
    public (Figure Value, IReadOnlyList<FigureRow> Unknown) Worth(IReadOnlyList<DatedProject> projects)
    {
        var (sum, known, unknown, used) = (0m, new List<DatedProject>(projects.Count), new List<DatedProject>(), new HashSet<ExchangeRate>());
        foreach (var project in projects)
        {
            if (InCny(project) is not { } worth)
            {
                unknown.Add(project);
                continue;
            }

            sum += worth.Amount;
            if (worth.Rate is { } rate)
                used.Add(rate);
            known.Add(project);
        }

        return (new Figure(Numeral.Nearest(sum), new MappedList<DatedProject, FigureRow>(known, Row))
        {
            Measure = "value",
            Unit = Yuan,
            Reason = Missing(unknown.Count)
        }
            .RestingOn(used.OrderBy(rate => rate.Id, StringComparer.Ordinal)
                .Select(rate => new FigureRow("exchange-rates", rate, rate.Source, RateFields))), DatedProject.Rows(unknown));
    }

    /// <summary>Of a project whose worth is known.</summary>
    private FigureRow Row(DatedProject project)
    {
        var (amount, rate) = InCny(project)!.Value;
        return project.Row with
        {
            Source = Sources.Weakest(project.Source, rate?.Source),
            Fields = Valued.GetOrAdd(project.Fields, fields => [.. fields, "plannedValue", "currency"]),
            Amount = Numeral.Nearest(amount)
        };
    }

    private static Text? Missing(int rows) => rows == 0 ? null : new(
        $"Projects left out, without a value or an exchange rate for it: {rows}.", $"{rows} 个项目没有金额或缺少汇率，未计入。");

    /// <summary>The planned value, and the rate it was taken at, none for yuan; null when there is no value or no rate.</summary>
    private (decimal Amount, ExchangeRate? Rate)? InCny(DatedProject project)
    {
        if (project.Project is not { PlannedValue: { } value, Currency: { } currency })
            return null;
        if (currency == Yuan)
            return (value, null);

        if (!_rates.TryGetValue(currency, out var rates))
            return null;
        var day = project.Signed ?? project.Since;
        var at = Array.BinarySearch(rates.Days, day);
        if (at < 0)
            at = Math.Max(0, ~at - 1);
        while (at + 1 < rates.Days.Length && rates.Days[at + 1] == day)
            at++;
        return (value * rates.Rates[at].Rate, rates.Rates[at]);
    }
}
