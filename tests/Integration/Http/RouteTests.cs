using System.Reflection;
using System.Text.RegularExpressions;
using FriendCity.Http.Routing;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.Tests.Integration.Http;

/// <summary>
/// Routes as the Functions host takes them: it tries them by name of function, ignoring case, and the first that fits is called. So the
/// order of names has to be the order of precision.
/// </summary>
public sealed class RouteTests
{
    private static readonly IReadOnlyList<FunctionRoute> Routes = RouteTable.All;

    public static TheoryData<string> Names { get; } = [.. RouteTable.All.Select(route => route.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_address_of_a_function_is_not_taken_by_one_that_is_tried_before(string name)
    {
        var route = Routes.Single(each => each.Name == name);
        // Values that no literal route has.
        var address = new PathString("/" + Regex.Replace(route.Route, @"\{\*?\w+\}", "value", RegexOptions.None, TimeSpan.FromSeconds(1)));
        foreach (var method in route.Methods)
            Assert.Equal(name, Routes.First(each => each.Methods.Contains(method) && each.Match(address) is not null).Name);
    }

    [Fact]
    public void The_fallback_is_tried_last_and_takes_every_method_and_address()
    {
        Assert.Equal(RouteTable.Fallback, Routes[^1].Name);
        Assert.Equal(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"], Routes[^1].Methods.Order(StringComparer.Ordinal));
        foreach (var path in new[] { "/", "/a", "/a/b/c/d/e/f" })
            Assert.NotNull(Routes[^1].Match(path));
    }

    // The host compares the beginning of the text, so even "administrators" is refused.
    [Fact]
    public void No_route_begins_with_what_is_the_hosts_own() =>
        Assert.DoesNotContain(Routes, route => route.Route.StartsWith("admin", StringComparison.OrdinalIgnoreCase)
            || route.Route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void What_answers_GET_answers_HEAD() =>
        Assert.DoesNotContain(Routes, route => route.Methods.Contains("GET") != route.Methods.Contains("HEAD"));

    // Who may call what is the product's own affair: a level of the host's would ask for a second key.
    [Fact]
    public void The_host_lets_everyone_in()
    {
        var triggers = typeof(RouteTable).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .OfType<HttpTriggerAttribute>()
            .ToList();
        Assert.Equal(Routes.Count, triggers.Count);
        Assert.All(triggers, trigger => Assert.Equal(AuthorizationLevel.Anonymous, trigger.AuthLevel));
    }
}
