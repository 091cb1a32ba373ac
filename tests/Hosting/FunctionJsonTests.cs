using System.Text.Json.Nodes;
using FriendCity.Hosting;

namespace FriendCity.Tests.Hosting;

public sealed class FunctionJsonTests
{
    private static readonly FunctionCatalog Catalog = FunctionCatalog.Of([typeof(SampleFunctions), typeof(Secured)]);

    [Theory]
    [InlineData("Echo", """
        {"bindings":[{"type":"httpTrigger","direction":"in","name":"req","authLevel":"anonymous","methods":["get","post"],"route":"api/v1/echo/{id}/{part?}"},
                     {"type":"http","direction":"out","name":"$return"}]}
        """)]
    [InlineData("Secured", """
        {"bindings":[{"type":"httpTrigger","direction":"in","name":"request","authLevel":"function","methods":["delete"],"route":"Secured"},
                     {"type":"http","direction":"out","name":"$return"}]}
        """)]
    [InlineData("Nightly", """
        {"bindings":[{"type":"timerTrigger","direction":"in","name":"timer","schedule":"%NightlySchedule%","runOnStartup":true,"useMonitor":true}]}
        """)]
    [InlineData("Broken", """
        {"bindings":[{"type":"timerTrigger","direction":"in","name":"clock","schedule":"0 30 2 * * *","runOnStartup":false,"useMonitor":false}]}
        """)]
    public void The_host_reads_what_the_attributes_say(string name, string expected)
    {
        var written = FunctionJson.Write(Catalog.Functions.Single(function => function.Name == name));
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), JsonNode.Parse(written)!.ToJsonString());
    }

    [Fact]
    public void Each_function_gets_a_folder_and_a_renamed_one_leaves_none_behind()
    {
        var folder = Directory.CreateTempSubdirectory("functions-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "OldName"));
            File.WriteAllText(Path.Combine(folder, "OldName", "function.json"), "{}");
            Directory.CreateDirectory(Path.Combine(folder, "assets"));
            File.WriteAllText(Path.Combine(folder, "assets", "page.html"), "");

            FunctionJson.WriteAll(Catalog, folder);

            Assert.Equal(["Broken", "Echo", "Files", "Nightly", "Secured", "assets"],
                Directory.GetDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.All(Catalog.Functions, function =>
                Assert.Equal(FunctionJson.Write(function), File.ReadAllText(Path.Combine(folder, function.Name, "function.json"))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public sealed class Secured
    {
        [Function("Secured")]
        public static Task<IResult> DeleteAsync([HttpTrigger(AuthorizationLevel.Function, "delete")] HttpRequest request) =>
            Task.FromResult(Results.Text(request.Path));
    }
}
