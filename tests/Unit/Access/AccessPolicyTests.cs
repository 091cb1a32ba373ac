using FriendCity.Access;

namespace FriendCity.Tests.Unit.Access;

/// <summary>What each address needs, line by line of the list and beside each line; tests over the running service ask of every route.</summary>
public sealed class AccessPolicyTests
{
    [Theory]
    [InlineData("GET", "", null)]
    [InlineData("GET", "/", null)]
    [InlineData("GET", "/health", null)]
    [InlineData("GET", "/health/ready", null)]
    [InlineData("HEAD", "/health/ready", null)]
    [InlineData("POST", "/health", "Admin")]
    [InlineData("GET", "/healthy", "Admin")]
    [InlineData("GET", "/dashboard/app.js", null)]
    [InlineData("GET", "/docs/problems", null)]
    [InlineData("GET", "/docs", null)]
    [InlineData("GET", "/docs/assets/scalar.js", null)]
    [InlineData("GET", "/openapi.json", null)]
    [InlineData("GET", "/openapi.yaml", null)]
    [InlineData("GET", "/openapi.json/x", "Admin")]
    [InlineData("POST", "/openapi.json", "Admin")]
    [InlineData("GET", "/powerbi", null)]
    [InlineData("GET", "/powerbi/", null)]
    [InlineData("GET", "/powerbi//", null)]
    [InlineData("GET", "/PowerBI/Connect.PBIDS", null)]
    [InlineData("GET", "/powerbi/storage.pbids", null)]
    [InlineData("GET", "/powerbi/project.zip", null)]
    [InlineData("GET", "/powerbi/connect.pbids/x", "Read")]
    [InlineData("GET", "/powerbi/storage.pbids/x", "Read")]
    [InlineData("GET", "/powerbi/project.zip/x", "Read")]
    [InlineData("GET", "/powerbi/data/current.json", "Read")]
    [InlineData("GET", "/odata/Cities", "Read")]
    [InlineData("HEAD", "/odata", "Read")]
    [InlineData("POST", "/odata", "Admin")]
    [InlineData("POST", "/api/v1/snapshots", "Run")]
    [InlineData("POST", "/api/v1/snapshots/x/verify", "Run")]
    [InlineData("DELETE", "/api/v1/snapshots/x", "Write")]
    [InlineData("DELETE", "/api/v1/operations/x", "Run")]
    [InlineData("GET", "/api/v1/operations/x", "Read")]
    [InlineData("POST", "/api/v1/kpis/K32/what-if", "Read")]
    [InlineData("POST", "/api/v1/kpis/K32/what-if/", "Read")]
    [InlineData("POST", "/api/v1/kpis/K32/what-if/x", "Write")]
    [InlineData("POST", "/api/v1/kpis/K32", "Write")]
    [InlineData("GET", "/api/v1/cities", "Read")]
    [InlineData("HEAD", "/API/V1/cities", "Read")]
    [InlineData("POST", "/api/v1/cities", "Write")]
    [InlineData("PUT", "/api/v1/cities/x", "Write")]
    [InlineData("PATCH", "/api/v1/cities/x", "Write")]
    [InlineData("DELETE", "/api/v1/cities/x", "Write")]
    [InlineData("delete", "/api/v1/cities/x", "Admin")] // the gate makes it DELETE first
    [InlineData("TRACE", "/api/v1/cities/x", "Admin")]
    [InlineData("GET", "/api/v2/cities", "Admin")]
    [InlineData("GET", "/admin/functions", "Admin")]
    [InlineData("GET", "//", null)]
    public void The_first_line_that_fits_decides_and_else_only_admin_may(string method, string path, string? needs) =>
        Assert.Equal(needs, AccessPolicy.Needs(method, new PathString(path))?.ToString());

    [Theory]
    [InlineData("GET", "/", true)]
    [InlineData("HEAD", "/docs", true)]
    [InlineData("GET", "/api/v1/cities", true)]
    [InlineData("GET", "/admin", false)]
    [InlineData("OPTIONS", "/api/v1/cities", false)]
    public void What_rests_on_the_default_is_told_apart(string method, string path, bool named) =>
        Assert.Equal(named, AccessPolicy.Names(method, new PathString(path)));
}
