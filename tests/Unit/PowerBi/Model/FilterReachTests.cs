namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>What a slicer changes, and what it leaves alone.</summary>
public sealed class FilterReachTests
{
    private static readonly ModelFiles Model = ModelFiles.Load();

    [Theory]
    [InlineData("Snapshot Date", "City Daily", "KPI Daily")]
    [InlineData("Date", "Activity")]
    [InlineData("View", "Alert", "City Daily", "KPI Daily")]
    [InlineData("Country", "City Daily", "Embedding", "Project", "Relationship Stage")]
    public void A_filter_reaches_what_it_is_about_and_no_register_besides(string table, params string[] reached) =>
        Assert.Equal(reached, FilterReach.From(Model, table));

    /// <summary>Registers and alerts are those of the newest snapshot; only what the daily tables tell follows the day that is chosen.</summary>
    [Fact]
    public void What_stands_in_a_register_follows_no_day_that_is_chosen() => Assert.All(
        Model.Tables.Where(table => table.Name is not ("KPI Daily" or "City Daily")).SelectMany(table => table.Of("measure")),
        measure => Assert.All(FilterReach.Behind(Model, measure), each =>
        {
            Assert.NotEqual("Snapshot Day", each.Name);
            Assert.DoesNotContain("'Snapshot Date'", each.Value!, StringComparison.Ordinal);
        }));

    /// <summary>Who may see what is said by a table of users and regions, and the twins are asked as such a reader.</summary>
    [Fact]
    public void A_role_looks_up_its_reader_and_names_no_region()
    {
        var role = Assert.Single(Model.Objects, node => node.Kind == "role");
        Assert.Equal(TwinFilter.Secured, role.Of("tablePermission").Select(each => each.Name).Order(StringComparer.Ordinal));
        Assert.All(role.Of("tablePermission").Where(each => each.Name != "Alert"), each =>
        {
            Assert.Contains("'User Region'[User] = USERPRINCIPALNAME ()", each.Value!, StringComparison.Ordinal);
            Assert.All(DaxCheck.Literals(each.Value!), text => Assert.Equal(";", text));
        });
    }

    /// <summary>A role hides what has no city, since it hides cities: what may have none is related to its country in the city's place.</summary>
    [Fact]
    public void A_project_of_no_city_belongs_to_its_country() => Assert.Equal(
        "City Key", FilterReach.Ends(Model, active: true).Single(each => each.From.Table == "Project" && each.To.Table == "City").From.Column);

    /// <summary>A way that is not active is taken by the measures of events, and by no other.</summary>
    [Fact]
    public void Dates_of_registers_are_followed_by_measures_of_events_only() => Assert.Equal(
        ["Stage Events"], Model.Measures.Where(measure => measure.Value!.Contains("USERELATIONSHIP", StringComparison.Ordinal))
            .Select(measure => measure.Name));
}
