using System.Text;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary>The judge of the tests' answers judges: what the document does not say is a fault.</summary>
public sealed class ContractTests
{
    private const string Problem = "application/problem+json";
    private const string Json = "application/json";

    private static readonly Contract Contract = Contract.Of(RegistryTypes.All);

    [Theory]
    [InlineData("GET", "/api/v1/sectors", "listSectors")]
    [InlineData("HEAD", "/API/v1/sectors/", "listSectors")]
    [InlineData("GET", "/api/v1/kpis/compare", "compareKpis")]
    [InlineData("GET", "/api/v1/kpis/K03", "getKpi")]
    [InlineData("GET", "/odata/Cities('RULED')/Country", "queryFeed")]
    [InlineData("GET", "/odata", "getFeed")]
    [InlineData("GET", "/", "getStart")]
    [InlineData("PATCH", "/api/v1/sectors", null)]
    [InlineData("GET", "/api/v1/Sectors", null)]
    [InlineData("GET", "/api/v1/sectors/x/parts", null)]
    public void An_address_is_the_operation_whose_path_it_fits_best(string method, string path, string? id) =>
        Assert.Equal(id, (string?)Contract.Find(method, path)?["operationId"]);

    [Theory]
    [InlineData(200, Json, null)]
    [InlineData(418, Problem, "the document has no status 418")]
    [InlineData(200, "text/csv", "the document has no text/csv for 200, but application/json")]
    [InlineData(200, null, "the answer has no body, and the document says application/json")]
    public void A_status_and_its_media_type_are_the_documents(int status, string? mediaType, string? fault) =>
        Assert.Equal(fault, Contract.Fault(Contract.Find("GET", "/api/v1/alerts")!, "GET", status, mediaType));

    [Theory]
    [InlineData("/health/live", 200, Json, """{"status":"live"}""", true)]
    [InlineData("/health/live", 200, Json, """{"status":"dead"}""", false)]
    [InlineData("/health/live", 200, Json, "{}", false)]
    [InlineData("/health/live", 200, Json, """{"status":"live","since":1}""", false)]
    [InlineData("/api/v1/sectors", 200, Json, """{"value":[{"id":"A"}],"nextLink":null}""", true)]
    [InlineData("/api/v1/sectors", 200, Json, """{"value":[{"id":7}],"nextLink":null}""", false)]
    [InlineData("/api/v1/sectors", 200, Json, """{"value":[{"id":"A","colour":"red"}],"nextLink":null}""", false)]
    [InlineData("/api/v1/sectors", 200, Json, """{"value":[{"id":"A","source":"hearsay"}],"nextLink":null}""", false)]
    [InlineData("/api/v1/sectors", 400, Problem, """{"type":"/d","title":"","status":400,"code":"bad_parameter","instance":"/","traceId":"1"}""", true)]
    [InlineData("/api/v1/sectors", 400, Problem, """{"type":"/d","title":"","status":400,"code":"malformed_json","instance":"/","traceId":"1"}""", false)]
    [InlineData("/api/v1/sectors", 400, Problem, """{"title":"","status":400,"code":"bad_parameter","instance":"/","traceId":"1"}""", false)]
    public void A_body_is_its_schemas(string path, int status, string mediaType, string body, bool fits) =>
        Assert.Equal(fits, Contract.Fault(Contract.Find("GET", path)!, status, mediaType, Encoding.UTF8.GetBytes(body)) is null);

    [Theory]
    [InlineData("""{"nameEn":"A","nameZh":"B"}""", true)]
    [InlineData("""{"nameEn":"A"}""", false)]
    [InlineData("""{"nameEn":"A","nameZh":"B","colour":"red"}""", false)]
    [InlineData("""{"nameEn":null,"nameZh":"B"}""", false)]
    public void What_was_taken_is_what_the_document_takes(string body, bool fits) =>
        Assert.Equal(fits, Contract.RequestFault(Contract.Find("POST", "/api/v1/sectors")!, Json, Encoding.UTF8.GetBytes(body)) is null);

    /// <summary>The others ask programs of their own, or servers that are none of this service.</summary>
    [Fact]
    public void Every_client_of_the_service_in_tests_is_one_whose_answers_are_judged() =>
        Assert.Equal(
            [
                "CanaryTests.cs", "CheckDaxTests.cs", "DeliveryTests.cs", "EntraStartTests.cs", "HostTests.cs", "InProcessWorker.cs", "InstanceProcess.cs",
                "KiotaClient.cs", "ProgramTests.cs", "PublishedFolderTests.cs", "SampleApp.cs", "SnapshotProgram.cs", "StorageRetryTests.cs", "UpTests.cs",
            ],
            Directory.EnumerateFiles(Repository.At("tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Benchmarks{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                    && File.ReadAllText(file).Contains("new " + nameof(HttpClient), StringComparison.Ordinal))
                .Select(Path.GetFileName).Distinct().Order(StringComparer.Ordinal));
}
