using FriendCity.Tests.Integration.PowerBi.Model;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.PowerBi.Model;
using FriendCity.Tests.Unit.PowerBi.Report;
using Newtonsoft.Json.Linq;


namespace FriendCity.Tests.Integration.PowerBi.Report;

/// <summary>The Power BI report, as far as it can be proven where there is no Power BI.</summary>
[Collection(typeof(PublishedStars))]
public sealed class ReportTests(PublishedStar star)
{
    private static readonly ReportFolder Shipped = new(Repository.At("powerbi"));

    [Fact]
    public async Task Every_file_follows_its_published_schema() => Assert.Equal("", await ReportTools.SchemaFaultsAsync(Shipped));

    [Fact]
    public async Task Every_bookmark_and_mobile_layout_follows_its_published_schema() =>
        Assert.Equal("", await ReportTools.LaterSchemaFaultsAsync(Shipped));

    [Fact]
    public async Task Microsofts_checker_finds_no_error_and_no_warning() =>
        Assert.Equal("0 errors, 0 warnings\n", await ReportTools.CheckerFaultsAsync(Shipped));

    [Fact]
    public void Every_field_link_and_picture_it_names_is_there() =>
        Assert.Equal("", string.Join('\n', ReportBinding.Faults(Shipped, ReportModel.Shipped)));

    [Fact]
    public void Nothing_overlaps_or_leaves_its_page_and_everything_is_told_in_both_languages() =>
        Assert.Equal("", string.Join('\n', ReportLayout.Faults(Shipped)));

    [Fact]
    public void Every_figure_is_of_one_view_and_day_with_its_evidence_at_the_head() =>
        Assert.Equal("", string.Join('\n', ReportEvidence.Faults(Shipped, ReportModel.Shipped)));

    [Fact]
    public void Nothing_that_can_be_chosen_makes_a_figure_untrue() =>
        Assert.Equal("", string.Join('\n', ReportFilters.Faults(Shipped, ReportModel.Shipped)));

    [Fact]
    public void Every_title_and_name_has_room() => Assert.Equal("", string.Join('\n', ReportFit.Faults(Shipped)));

    [Fact]
    public void A_reader_gets_from_every_page_to_the_others_and_chooses_view_and_language_by_bookmarks() =>
        Assert.Equal("", string.Join('\n', ReportNavigation.Faults(Shipped)));

    [Fact]
    public void Titles_key_numbers_and_notes_are_told_in_the_readers_language() =>
        Assert.Equal("", string.Join('\n', ReportLanguage.Faults(Shipped, ReportModel.Shipped)));

    [Fact]
    public void Every_page_fits_a_telephone() => Assert.Equal("", string.Join('\n', ReportMobile.Faults(Shipped)));

    [Fact]
    public void A_table_shows_how_each_figure_went() => Assert.Contains(Shipped.Pages().SelectMany(page => page.Visuals), visual =>
        FieldUse.In(visual.Json.SelectToken("$..SparklineData") ?? new JObject()).Select(field => field.Name)
            .SequenceEqual(["KPI Value", "Snapshot Date"]));

    [Fact]
    [Trait("Set", "slow")]
    public async Task Every_chart_has_room_for_its_categories()
    {
        var model = ModelFiles.Load();
        var charts = ReportFit.Categories(Shipped, model, ReportModel.Shipped).ToList();
        Assert.InRange(charts.Count, 12, 30);
        var counts = await star.QueryAsync([.. new TwinFilter("now").Views(model), .. charts.Select(chart => (chart.Chart, chart.Sql))]);
        Assert.All(charts, chart => Assert.InRange(Assert.Single(counts[chart.Chart].EnumerateArray())[0].GetInt32(), 1, chart.Room));
    }

    [Fact]
    public void Its_colours_can_be_read() => Assert.Equal("", string.Join('\n', ReportColours.Faults(Shipped)));

    [Fact]
    public void Its_pages_stand_in_the_order_of_a_leaders_questions()
    {
        var titles = Shipped.Pages().ToDictionary(page => (string)page.Json["name"]!, page => page.Title);
        Assert.Equal(
            [
                "总览 · Overview", "地图与网络 · Map and networks", "关系与覆盖 · Ties and coverage", "项目 · Projects", "活动平台 · Activities, platforms",
                "城市档案 · City profile", "预警与质量 · Alerts and quality",
            ],
            Shipped.Json("definition", "pages", "pages.json")["pageOrder"]!.Select(name => titles[(string)name!]));
    }

    [Fact]
    public void Every_page_says_its_day_its_view_and_whether_it_is_of_one_snapshot() => Assert.All(Shipped.Pages(), page => Assert.Superset(
        new HashSet<string> { "Data As Of", "Selected View Name", "Snapshot Check" },
        page.Visuals.SelectMany(visual => FieldUse.In(visual.Json)).Select(field => field.Name).ToHashSet()));

    [Theory]
    [InlineData("#000000", "#FFFFFF", 21)]
    [InlineData("#FFFFFF", "#777777", 4.48)]
    [InlineData("#123456", "#123456", 1)]
    public void Contrast_is_that_of_WCAG(string one, string other, double ratio) => Assert.Equal(ratio, ReportColours.Contrast(one, other), 2);
}
