using FriendCity.Snapshots;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.PowerBi;

public sealed class ConnectionFileTests(Azurite azurite)
{
    private const string Snapshots = "DefaultEndpointsProtocol=https;AccountName=qdsnapshots;AccountKey=c2VjcmV0;EndpointSuffix=core.chinacloudapi.cn";

    [Fact]
    public async Task The_file_leads_Power_BI_to_the_feed_as_the_caller_knows_it()
    {
        using var anyone = (await azurite.SampleOfficeAsync()).NewClient();
        var plain = (await anyone.CallAsync("GET", "/powerbi/connect.pbids", null, [])).Is(200);
        Assert.Equal($$$"""{"version":"0.1","connections":[{"details":{"protocol":"odata","address":{"url":"{{{anyone.BaseAddress}}}odata"}},"mode":"Import"}]}""", plain.Text);
        Assert.Equal("attachment; filename=\"FriendCity.pbids\"", plain.Headers["Content-Disposition"]);
    }

    [Fact]
    public async Task The_storage_file_names_the_snapshots_account_and_never_its_key()
    {
        await using var app = await azurite.OfficeAsync(replace: builder => builder.Configuration["Snapshots"] = Snapshots);
        using var anyone = app.NewClient();
        var file = (await anyone.CallAsync("GET", "/powerbi/storage.pbids", null, [])).Is(200);
        Assert.Equal(
            """{"version":"0.1","connections":[{"details":{"protocol":"azure-blobs","address":{"domain":"blob.core.chinacloudapi.cn","account":"qdsnapshots","container":"snapshots"}},"mode":"Import"}]}""",
            file.Text);
        Assert.Equal("attachment; filename=\"FriendCity-storage.pbids\"", file.Headers["Content-Disposition"]);
        var page = (await anyone.CallAsync("GET", "/powerbi", null, [])).Is(200).Text;
        Assert.Contains("https://qdsnapshots.blob.core.chinacloudapi.cn", page, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_account_cannot_be_told_the_storage_file_says_what_to_do_instead()
    {
        var reply = (await (await azurite.SampleOfficeAsync()).CallAsync("GET", "/powerbi/storage.pbids")).IsProblem(404, "not_found");
        Assert.Contains("/powerbi/project.zip", (string?)reply.Json["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://qdsnapshots.blob.core.windows.net", "qdsnapshots blob.core.windows.net")]
    [InlineData("https://qdsnapshots.z12.blob.storage.azure.net", "qdsnapshots z12.blob.storage.azure.net")]
    [InlineData("https://files.qingdao.example", null)]
    [InlineData("http://qdsnapshots.blob.core.windows.net", null)]
    [InlineData("https://qdsnapshots.blob.core.windows.net:8443", null)]
    [InlineData("https://host.example/qdsnapshots", null)]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1", null)]
    public void An_account_is_told_from_an_address_of_Azure_alone(string blobs, string? told) =>
        Assert.Equal(told, SnapshotAddress.Of(new Uri(blobs)) is { } address ? $"{address.Account} {address.Domain}" : null);

    [Theory]
    [InlineData("/powerbi/other.pbids", 404, "not_found")]
    [InlineData("/powerbi/connect.pbids?x=1", 400, "bad_parameter")]
    [InlineData("/powerbi/storage.pbids?x=1", 400, "bad_parameter")]
    [InlineData("/powerbi?lang=fr", 400, "bad_parameter")]
    [InlineData("/powerbi/project.zip?lang=fr", 400, "bad_parameter")]
    [InlineData("/powerbi/project.zip?source=ftp", 400, "bad_parameter")]
    [InlineData("/powerbi/project.zip?source=blob", 404, "not_found")]
    [InlineData("/powerbi/project.zip?source=datalake", 404, "not_found")]
    public async Task There_is_no_other_file_and_no_other_parameter(string path, int status, string code) =>
        (await (await azurite.SampleOfficeAsync()).CallAsync("GET", path)).IsProblem(status, code);

    [Theory]
    [InlineData("/powerbi/other.pbids")]
    [InlineData("/powerbi/data")]
    [InlineData("/powerbi/data/current.json")]
    [InlineData("/powerbi/connect.pbids/../data/current.json")]
    [InlineData("/powerbi/%64ata/current.json")]
    [InlineData("/powerbi//data/current.json")]
    [InlineData("/powerbi/data%2fcurrent.json")]
    [InlineData("/POWERBI/DATA/current.json")]
    public async Task Only_the_files_that_are_named_are_open(string path) =>
        Assert.Equal(401, await Access.RawRequest.StatusAsync((await azurite.SampleOfficeAsync()).Address, "GET", path, ""));
}
