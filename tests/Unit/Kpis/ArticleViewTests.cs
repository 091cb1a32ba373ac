using System.Globalization;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Kpis;

/// <summary>
/// What was published after the article stands beside its figures and moves none of them: every line of the view <c>article</c> is as it was
/// before the first such row.
/// </summary>
public sealed class ArticleViewTests
{
    private static readonly string Kept = Path.Combine(AppContext.BaseDirectory, "Kpis", "article_view.csv");

    [Fact]
    public async Task No_line_of_the_view_of_the_article_moves()
    {
        var registry = await SampleRegistry.LoadAsync();
        var context = Sample.Article.On(registry, DateOnly.MaxValue)!;
        var lines = KpiCatalogue.All.SelectMany(kpi => kpi.Values(context)).Select(Line).ToList();
        Assert.Equal((await File.ReadAllLinesAsync(Kept, TestContext.Current.CancellationToken)).Skip(1), lines);
    }

    private static string Line(KpiValue value) => string.Join(',', value.Kpi.Id, value.Figure.Dimension?.Value, value.Figure.Measure,
        Number(value.Figure.Value), Number(value.Figure.Numerator), Number(value.Figure.Denominator), value.Unit, value.Figure.EvidenceRows.Count,
        string.Join(' ', value.Figure.Items ?? []));

    private static string? Number(double? value) => value?.ToString("G12", CultureInfo.InvariantCulture);
}
