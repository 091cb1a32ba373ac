using FriendCity.ExportApi;
using FriendCity.Operations;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.RecordsApi.Exports;
using FriendCity.Registry;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Tests.Faults;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http.Exports;

/// <summary>A workbook of more records than are written while the caller waits is made by an operation.</summary>
public sealed class LargeExportTests(Azurite azurite) : IAsyncDisposable
{
    private const string Path = "/api/v1/exports/relationships?format=xlsx&$select=homeEntityLevel,cityId,stages";

    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_the_workbook_that_is_written_at_once_where_there_are_fewer()
    {
        await using var app = await OfficeAsync(new(AtOnce: 5));
        var expected = new Workbook(await BytesAsync(await azurite.SampleOfficeAsync(), Path + "&lang=zh"));
        // Language by header, key in the address: the operation knows the one, and the other nowhere.
        var operation = await EndAsync(app, $"{Path}&code={app.Key}", ("Accept-Language", "zh"));
        var rows = expected.Rows(expected.Sheets.First()).Count - 1;
        Assert.Equal(("export", "succeeded", rows, rows),
            ((string?)operation["kind"], (string?)operation["state"], (int)operation["done"]!, (int)operation["total"]!));
        var address = (string)operation["file"]!;
        var made = new Workbook(await BytesAsync(app, address));
        Assert.Equal(expected.Sheets, made.Sheets);
        Assert.All(expected.Sheets, sheet => Assert.Equal(expected.Rows(sheet), made.Rows(sheet)));
        var head = (await app.CallAsync("HEAD", address)).Is(200);
        Assert.Equal((FileFormat.Xlsx.MediaType, "attachment; filename=relationships.xlsx"),
            (head.Headers["Content-Type"], string.Join(';', head.Headers["Content-Disposition"].Split(';')[..2])));
        (await app.CallAsync("GET", $"{address}?x=1")).IsProblem(400, "bad_parameter");

        // Up to the limit, and in other formats, it is there at once.
        var five = string.Join(" or ", expected.Column(expected.Sheets.First(), "编号").Take(5).Select(id => $"id eq '{id}'"));
        Assert.Equal(6, new Workbook(await BytesAsync(app, $"{Path}&$filter={five}")).Rows("Relationships").Count);
        (await app.CallAsync("GET", Path.Replace("xlsx", "ndjson", StringComparison.Ordinal))).Is(200);
        Assert.False((await app.CallAsync("HEAD", Path)).Is(202).Headers.ContainsKey("Location"));
    }

    [Fact]
    public void What_is_stored_of_the_request_has_no_key_of_access()
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new("?code=fc_secret&$filter=id eq 'A B'&format=csv");
        request.Headers.AcceptLanguage = "zh";
        var order = ExportOrder.Of(RegistryTypes.All.Find("cities")!, request, new(FileFormat.Xlsx, Messages.Language.Chinese, Codes: false));
        Assert.Equal("?$filter=id%20eq%20%27A%20B%27&format=xlsx&lang=zh-CN", order.Query);
        Assert.Equal(order, ExportOrder.Read(order.Write()));
    }

    [Fact]
    public async Task What_Excel_cannot_hold_ends_with_the_code_that_says_so()
    {
        await using var app = await OfficeAsync(new(Rows: 5, AtOnce: 2));
        var operation = await EndAsync(app, Path);
        Assert.Equal(("failed", "xlsx_limit"), ((string?)operation["state"], (string?)operation["error"]!["code"]));
        Assert.Equal(JTokenType.Null, operation["file"]!.Type);
        (await app.CallAsync("GET", $"/api/v1/operations/{operation["id"]}/file")).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_file_is_kept_for_a_while()
    {
        await using var app = await OfficeAsync(new(AtOnce: 5), TimeSpan.FromMinutes(-1));
        var operation = await EndAsync(app, Path);
        (await app.CallAsync("GET", (string)operation["file"]!)).IsProblem(404, "not_found");
        Assert.Equal(1, await FilesAsync());
        await app.Services.GetRequiredService<ExportFiles>().SweepAsync(Token);
        Assert.Equal(0, await FilesAsync());

        async Task<int> FilesAsync()
        {
            var files = 0;
            await foreach (var _ in app.Services.GetRequiredService<IBlobStorage>().ListAsync("friendcity-exports", "", Token))
                files++;
            return files;
        }
    }

    [Fact]
    public async Task One_that_storage_broke_off_is_made_by_the_next_that_goes_on()
    {
        var (proxy, harmed, _) = await _accounts.NextAsync();
        await using var end = proxy;
        await using var app = await TestApp.OpenAsync(harmed, sample: true, builder => builder.Services.AddSingleton(new XlsxLimits(AtOnce: 5))
            .AddSingleton(StorageOptions.Default with { Retries = 0, SilenceTimeout = StorageOptions.Default.RequestTimeout }));
        proxy.On(new Fault.DropAnswer(), "PUT", "friendcity-exports/");
        var operation = await EndAsync(app, Path);
        Assert.Equal("running", (string?)operation["state"]);
        await app.Services.GetRequiredService<OperationRunner>().ResumeAsync(Token);
        operation = await app.GetAsync($"/api/v1/operations/{operation["id"]}");
        Assert.Equal("succeeded", (string?)operation["state"]);
        Assert.NotEmpty(new Workbook(await BytesAsync(app, (string)operation["file"]!)).Sheets);
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private Task<TestApp> OfficeAsync(XlsxLimits limits, TimeSpan? kept = null) => azurite.OfficeAsync(sample: true, builder => builder.Services
        .AddSingleton(limits).AddSingleton(kept is { } time ? new ExportOptions(time) : ExportOptions.Default));

    private static async Task<JObject> EndAsync(TestApp app, string path, params (string Name, string Value)[] headers)
    {
        var begun = (await app.CallAsync("GET", path, null, null, null, headers)).Is(202);
        await app.Services.GetRequiredService<OperationRunner>().IdleAsync();
        return await app.GetAsync(new Uri(begun.Headers["Location"]).AbsolutePath);
    }

    private static Task<byte[]> BytesAsync(TestApp app, string path) => app.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
}
