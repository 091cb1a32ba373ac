using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FriendCity.PowerBi;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.PowerBi.Model;

namespace FriendCity.Tests.Integration.PowerBi;

/// <summary>/powerbi/project.zip: the project of the repository, leading to this service.</summary>
public sealed partial class ProjectFileTests(Azurite azurite)
{
    private const string Parameters = "FriendCity.SemanticModel/definition/expressions.tmdl";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_zip_is_the_repositorys_project_with_this_services_address_and_no_other()
    {
        await using var app = await azurite.OfficeAsync(
            replace: builder => builder.Configuration["PublicAddress"] = "https://friends.example.org");
        var files = await FilesAsync(app, "/powerbi/project.zip");
        var folder = Repository.At("powerbi");
        var kept = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Where(name => !name.Contains("/.pbi/", StringComparison.Ordinal));
        Assert.Equal(kept.Order(StringComparer.Ordinal), files.Keys);
        Assert.All(files.Where(file => file.Key != Parameters), file => Assert.Equal(File.ReadAllBytes(Path.Combine(folder, file.Key)), file.Value));

        var parameters = Encoding.UTF8.GetString(files[Parameters]);
        Assert.Contains("expression 'Source URL' = \"https://friends.example.org/powerbi/data\" meta [", parameters, StringComparison.Ordinal);
        Assert.Contains("expression Language = \"en\" meta [", parameters, StringComparison.Ordinal);
    }

    /// <summary>The Power BI service asks for a credential of every connector and address that stands in a model, used or not.</summary>
    [Theory]
    [InlineData("", "Web.Contents", "https://friends.example.org")]
    [InlineData("?source=http", "Web.Contents", "https://friends.example.org")]
    [InlineData("?source=blob", "AzureStorage.Blobs", "https://qdsnapshots.blob.core.windows.net")]
    [InlineData("?source=datalake", "AzureStorage.DataLake", "https://qdsnapshots.dfs.core.windows.net")]
    public async Task A_project_holds_one_connector_and_no_address_but_its_sources(string query, string connector, string host)
    {
        await using var app = await azurite.OfficeAsync(replace: builder =>
        {
            builder.Configuration["PublicAddress"] = "https://friends.example.org";
            builder.Configuration["Snapshots"] = "AccountName=qdsnapshots;AccountKey=c2VjcmV0";
        });
        var files = (await FilesAsync(app, $"/powerbi/project.zip{query}")).ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value));
        Assert.Equal([connector], Connector().Matches(string.Concat(files.Values)).Select(match => match.Value.TrimEnd('(', ' ')).Distinct());
        // Besides it there is the place of the schemas that the files follow.
        Assert.Equal(["https://developer.microsoft.com", host], files.Values.SelectMany(file => Address().Matches(file))
            .Select(match => match.Value.TrimEnd(';', '.')).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase));

        const string Model = "FriendCity.SemanticModel/definition/";
        var model = files.Where(file => file.Key.StartsWith(Model, StringComparison.Ordinal)).ToDictionary(file => file.Key[Model.Length..], file => file.Value);
        Assert.Empty(ModelFiles.Faults(model));
        Assert.Empty(await QueryLanguageTests.FaultsAsync(model));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("blob")]
    public async Task Names_are_in_the_readers_language_and_no_key_is_in_it(string source)
    {
        await using var app = await azurite.OfficeAsync(
            replace: builder => builder.Configuration["Snapshots"] = "AccountName=qdsnapshots;AccountKey=c2VjcmV0");
        var parameters = Encoding.UTF8.GetString((await FilesAsync(app, $"/powerbi/project.zip?lang=zh-CN&source={source}"))[Parameters]);
        Assert.Contains("expression Language = \"zh-CN\" meta [", parameters, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", parameters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_address_gives_the_same_bytes_and_who_has_them_is_not_sent_them_again()
    {
        using var anyone = (await azurite.SampleOfficeAsync()).NewClient();
        using var first = await anyone.GetAsync(new Uri("/powerbi/project.zip", UriKind.Relative), Token);
        Assert.Equal(("application/zip", "FriendCity.zip"),
            (first.Content.Headers.ContentType!.MediaType, first.Content.Headers.ContentDisposition!.FileName));
        var values = new Dictionary<string, string> { ["Language"] = "en" };
        Assert.Equal(ProjectFiles.Zip(ProjectSource.Http, values), ProjectFiles.Zip(ProjectSource.Http, values));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/powerbi/project.zip");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await anyone.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var zip = new ZipArchive(await first.Content.ReadAsStreamAsync(Token));
        Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(2000, 1, 1), entry.LastWriteTime.DateTime));
    }

    [Fact]
    public void A_parameter_that_the_project_does_not_have_is_not_passed_over() =>
        Assert.Contains("'No Such'", Assert.Throws<InvalidOperationException>(
            () => ProjectFiles.Zip(ProjectSource.Http, new Dictionary<string, string> { ["'No Such'"] = "" })).Message, StringComparison.Ordinal);

    private static async Task<SortedDictionary<string, byte[]>> FilesAsync(TestApp app, string path)
    {
        using var anyone = app.NewClient();
        using var zip = new ZipArchive(await anyone.GetStreamAsync(new Uri(path, UriKind.Relative), Token));
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using (var stream = entry.Open())
                await stream.CopyToAsync(bytes, Token);
            files[entry.FullName] = bytes.ToArray();
        }

        return files;
    }

    [GeneratedRegex(@"https?://[a-zA-Z0-9][^/""\s]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    /// <summary>Functions of Power Query that reach a source.</summary>
    [GeneratedRegex(@"\b(Web|AzureStorage|OData|File|Folder|Sql|SharePoint|Lakehouse|Odbc)\.[A-Z][A-Za-z]+ ?\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Connector();
}
