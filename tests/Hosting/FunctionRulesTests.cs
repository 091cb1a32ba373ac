using FriendCity.Hosting;

namespace FriendCity.Tests.Hosting;

public sealed class FunctionRulesTests
{
    public static TheoryData<string, string> Rules => new()
    {
        { nameof(BadFunctions.Hidden), "Hidden.Get: the method and its class must be public" },
        { nameof(BadFunctions.HiddenClass), "HiddenClass.Get: the method and its class must be public" },
        { nameof(BadFunctions.Abstract), "Abstract.Get: the method and its class must be public and not abstract" },
        { nameof(BadFunctions.Generic), "Generic.Get: the method and its class must not be generic" },
        { nameof(BadFunctions.NameOfDigits), "the name '1st' must be a letter" },
        { nameof(BadFunctions.NamedHost), "the name 'Host' must be" },
        { nameof(BadFunctions.NoTrigger), "exactly one trigger is needed" },
        { nameof(BadFunctions.TriggerSecond), "exactly one trigger is needed, on the first parameter" },
        { nameof(BadFunctions.TwoTriggers), "exactly one trigger is needed" },
        { nameof(BadFunctions.OddBindingName), "'my_req' names a binding" },
        { nameof(BadFunctions.NotARequest), "must be an HttpRequest" },
        { nameof(BadFunctions.ReturnsText), "must return Task<IResult>" },
        { nameof(BadFunctions.TimerOfText), "must be a TimerInfo" },
        { nameof(BadFunctions.TimerWithResult), "a timer function must return Task" },
        { nameof(BadFunctions.BadSchedule), "the schedule '0 0 25 * * *' is neither" },
        { nameof(BadFunctions.HalfASetting), "the schedule '0 0 %Hour% * * *' is neither" },
        { nameof(BadFunctions.NumberInRoute), "'id' must be a string of the route or a CancellationToken" },
        { nameof(BadFunctions.TimerWithText), "'name' must be a CancellationToken" },
        { nameof(BadFunctions.NotInRoute), "'name' does not occur in the route 'a/{id}'" },
        { nameof(BadFunctions.OptionalNotNullable), "'id' may be missing from the route 'a/{id?}'" },
        { nameof(BadFunctions.CatchAllNotNullable), "'id' may be missing from the route 'a/{*id}'" },
        { nameof(BadFunctions.TokenNotLast), "the CancellationToken must be the last parameter" },
        { nameof(BadFunctions.SameName), "SameName.Get and SameName.Put: the name 'A' is used more than once" },
        { nameof(BadFunctions.NoMethods), "NoMethods.Get: the HTTP methods must be named" },
        { nameof(BadFunctions.OddMethod), "'fetch' is not an HTTP method" },
        { nameof(BadFunctions.MethodTwice), "an HTTP method is named twice" },
        { nameof(BadFunctions.NotARoute), "'a/{id' is not a route" },
        { nameof(BadFunctions.RootedRoute), "'/a' is not a route" },
        { nameof(BadFunctions.AdminRoute), "must not begin with 'admin' or 'runtime'" },
        { nameof(BadFunctions.RuntimeRoute), "must not begin with 'admin' or 'runtime'" },
        { nameof(BadFunctions.OverTheRoot), "overlaps the address '/', which belongs to the host" },
        { nameof(BadFunctions.OverATimer), "overlaps the address '/Nightly', which belongs to the host" },
        { nameof(BadFunctions.SharedMethod), "SharedMethod.One and SharedMethod.All: the routes 'a/{id}' and '{kind}/b' overlap and share get" },
        { nameof(BadFunctions.OtherLevel), "OtherLevel.One and OtherLevel.Put: the routes 'a/{id}' and 'a/b' overlap with different levels" },
    };

    [Theory, MemberData(nameof(Rules))]
    public void A_function_that_breaks_a_rule_is_refused_by_name_and_for_that_alone(string name, string rule)
    {
        var bad = typeof(BadFunctions).Assembly.GetType($"{typeof(BadFunctions).FullName}+{name}", throwOnError: true)!;
        var refused = Assert.Throws<FunctionRuleException>(() => FunctionCatalog.Of([bad]));
        Assert.Contains(rule, Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_class_is_tried() =>
        Assert.Equal(typeof(BadFunctions).GetNestedTypes(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            .Where(type => !type.Name.StartsWith('<')).Select(type => type.Name).Order(), Rules.Select(row => row.Data.Item1).Order());

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var refused = Assert.Throws<FunctionRuleException>(() => FunctionCatalog.Of([typeof(BadFunctions.NoMethods), typeof(BadFunctions.TimerWithResult)]));
        Assert.Contains("NoMethods.Get: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("TimerWithResult.Run: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("the name 'A' is used more than once", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_functions_of_the_product_keep_the_rules() =>
        Assert.NotNull(FunctionCatalog.In(typeof(FriendCityApp).Assembly));

    [Fact]
    public void Every_class_with_functions_is_named_so_that_it_is_found()
    {
        var assembly = typeof(FriendCityApp).Assembly;
        Assert.Equal(FunctionCatalog.Of(assembly.GetTypes()).Functions.Select(function => function.Name), FunctionCatalog.In(assembly).Functions.Select(function => function.Name));
    }

    [Theory]
    [InlineData("api/v1/cities", "api/v1/cities/{id}", false)]
    [InlineData("api/v1/cities/{id}", "api/v1/cities/{id}/{part}", false)]
    [InlineData("api/v1/cities/{id}", "api/v1/ties/{id}", false)]
    [InlineData("api/v1/cities/{id}", "API/v1/Cities/x", true)]
    [InlineData("docs/{*path}", "docs", true)]
    [InlineData("docs/{*path}", "docs/a/b", true)]
    [InlineData("docs/{*path}", "odata/{*path}", false)]
    [InlineData("a/{id?}", "a", true)]
    [InlineData("a/{id:int}", "a/{name}", true)]
    [InlineData("a/{id=5}", "a", true)]
    [InlineData("a/{x}/c", "a/b/{y}", true)]
    [InlineData("a/{x}/c", "a/b/d", false)]
    public void Routes_overlap_exactly_when_one_path_can_match_both(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, RouteTemplate.TryParse(one)!.Overlaps(RouteTemplate.TryParse(other)!));
        Assert.Equal(overlap, RouteTemplate.TryParse(other)!.Overlaps(RouteTemplate.TryParse(one)!));
    }
}
