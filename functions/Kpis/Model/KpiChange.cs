namespace FriendCity.Kpis.Model;

/// <summary>How a move can be told.</summary>
internal enum Explained
{
    /// <summary>Records add up to the value: their effects add up to its change.</summary>
    Rows,

    /// <summary>The value counts the items, such as countries: each that entered or left is one.</summary>
    Items,

    /// <summary>The change is the effect of the numerator and that of the denominator.</summary>
    Ratio,

    /// <summary>A median or an index: what entered, left and changed is listed, and nothing is claimed about its part.</summary>
    List,
}

/// <summary>What one record did to a figure: absent before, it entered; absent after, it left; else another of its facts counts.</summary>
/// <param name="By">Its part in the change; null where it has none of its own.</param>
internal sealed record KpiEffect(IReadOnlyList<FigureRow> Before, IReadOnlyList<FigureRow> After, double? By)
{
    public FigureRow Row => After.Count > 0 ? After[0] : Before[0];

    public string Kind => Before.Count == 0 ? "entered" : After.Count == 0 ? "left" : "changed";
}

/// <summary>A figure of one KPI at two moments, and what moved it, record by record. A breakdown that one moment lacks is null there.</summary>
internal sealed record KpiChange(Kpi Kpi, Figure? From, Figure? To)
{
    private const double Precision = 1e-9;

    private IReadOnlyList<KpiEffect>? _effects;
    private IReadOnlyList<KpiEffect>? _reference;

    public Figure Figure => (To ?? From)!;

    /// <summary>Null while one of the values is unknown; where things are counted, a breakdown that does not occur counts none.</summary>
    public double? Change =>
        By is Explained.Rows or Explained.Items ? (To is null ? 0 : To.Value) - (From is null ? 0 : From.Value) : To?.Value - From?.Value;

    public Explained By => (Figure.Unit ?? Kpi.Unit) == "ratio" ? AreRatios ? Explained.Ratio : Explained.List
        : AreSums ? Explained.Rows : AreItems ? Explained.Items : AreRatios ? Explained.Ratio : Explained.List;

    public IReadOnlyList<KpiEffect> Effects => _effects ??= Work(figure => figure.EvidenceRows);

    /// <summary>What became of the reference data: cities, the scope and its countries.</summary>
    public IReadOnlyList<KpiEffect> ReferenceEffects => _reference ??= Work(figure => figure.Reference);

    public IReadOnlyList<string> ItemsEntered => [.. Items(To).Except(Items(From))];

    public IReadOnlyList<string> ItemsLeft => [.. Items(From).Except(Items(To))];

    /// <summary>The change had the denominator stayed; then what the denominator's own change does. Both add up to <see cref="Change"/>.</summary>
    public (double Numerator, double Denominator) RatioEffects =>
        ((Number(To?.Numerator) - Number(From?.Numerator)) / Number(From?.Denominator),
            Number(To?.Value) - (Number(To?.Numerator) / Number(From?.Denominator)));

    /// <summary>What the explanation adds up to; null where it claims nothing.</summary>
    public double? Accounted => By switch
    {
        Explained.Rows => Effects.Sum(effect => effect.By),
        Explained.Items => ItemsEntered.Count - ItemsLeft.Count,
        Explained.Ratio => RatioEffects.Numerator + RatioEffects.Denominator,
        _ => null,
    };

    public bool IsMove => From is null || To is null || From.Value != To.Value || From.Numerator != To.Numerator || From.Denominator != To.Denominator
        || Effects.Count > 0 || ReferenceEffects.Count > 0;

    private bool AreSums => Both(figure => Is(figure.Rows.Sum(row => row.Amount), figure.Value));

    private bool AreItems => Both(figure => figure.Items is null ? figure.Value == 0 : figure.Items.Count == figure.Value);

    private bool AreRatios => From is not null && To is not null
        && Both(figure => figure.Denominator is { } below && below != 0 && Is(Number(figure.Numerator) / below, figure.Value));

    /// <summary>The moves of these KPIs, breakdown by breakdown.</summary>
    public static IEnumerable<KpiChange> Between(IEnumerable<Kpi> kpis, KpiContext from, KpiContext to)
    {
        foreach (var kpi in kpis)
        {
            var (before, after) = (kpi.Figures(from), kpi.Figures(to));
            foreach (var key in before.Concat(after).Select(Key).Distinct())
                yield return new KpiChange(kpi, before.FirstOrDefault(figure => Key(figure) == key),
                    after.FirstOrDefault(figure => Key(figure) == key));
        }
    }

    private static ((string, string)? Dimension, string? Measure) Key(Figure figure) => (figure.Dimension, figure.Measure);

    private List<KpiEffect> Work(Func<Figure, IReadOnlyList<FigureRow>> rows)
    {
        var (before, after) = (ByRecord(From, rows), ByRecord(To, rows));
        var (none, sums) = (new List<FigureRow>(), By == Explained.Rows);
        var effects = new List<KpiEffect>();
        foreach (var record in before.Keys.Union(after.Keys).OrderBy(key => key.Type, StringComparer.Ordinal)
            .ThenBy(key => key.Id, StringComparer.Ordinal))
        {
            var (was, now) = (before.GetValueOrDefault(record, none), after.GetValueOrDefault(record, none));
            if (!was.Select(Told).SequenceEqual(now.Select(Told)))
                effects.Add(new KpiEffect(was, now, sums ? now.Sum(row => row.Amount) - was.Sum(row => row.Amount) : null));
        }

        return effects;
    }

    /// <summary>What makes two rows of one record the same for a figure: the same version, of which the same facts count alike.</summary>
    private static (string Fields, string Source, double Amount, long Version) Told(FigureRow row) =>
        (string.Join('|', row.Fields), row.Source, row.Amount, row.Record.Version);

    private static Dictionary<(string Type, string Id), List<FigureRow>> ByRecord(Figure? figure, Func<Figure, IReadOnlyList<FigureRow>> behind)
    {
        var records = new Dictionary<(string, string), List<FigureRow>>();
        foreach (var row in figure is null ? [] : behind(figure))
        {
            if (!records.TryGetValue((row.Type, row.Record.Id), out var rows))
                records[(row.Type, row.Record.Id)] = rows = [];
            rows.Add(row);
        }

        return records;
    }

    private bool Both(Func<Figure, bool> holds) => (From is null || holds(From)) && (To is null || holds(To));

    private static bool Is(double sum, double? value) => value is { } number && Math.Abs(sum - number) <= Precision * Math.Max(1, Math.Abs(number));

    private static IReadOnlyList<string> Items(Figure? figure) => figure?.Items ?? [];

    private static double Number(double? number) => number ?? 0;
}
