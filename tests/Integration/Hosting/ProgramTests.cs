namespace FriendCity.Tests.Integration.Hosting;

/// <summary>The program's command line: commands are words, and only a Functions host makes it serve.</summary>
public sealed class ProgramTests
{
    private static readonly (string, string)[] NoStorage = [("AzureWebJobsStorage",
        "AccountName=nobody;AccountKey=AAAA;EndpointSuffix=127.0.0.1.invalid")];

    public static TheoryData<string> Misused { get; } =
    [
        "", "--port 0", "--port=0", "--help", "-h", "help", "serve", "--import samples", "--add-key x --scopes read", "imports samples", "import",
        "import a b",
        "keys", "keys add", "keys add x", "keys add x --scope read", "keys list all", "keys add x --scopes read --contact",
        "keys rotate", "keys rotate x --overlap", "keys revoke", "keys revoke a b", "keys drop x", "--functions-url http://127.0.0.1:1", "--workerId x",
    ];

    [Theory]
    [MemberData(nameof(Misused))]
    public async Task What_is_no_command_is_answered_with_usage_and_never_serves(string words)
    {
        await using var program = ProgramUnderTest.Start(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), NoStorage);
        var (code, errors) = await program.EndAsync();
        Assert.Equal(2, code);
        Assert.StartsWith("usage:", errors, StringComparison.Ordinal);
        Assert.Empty(program.Output);
    }

    [Theory]
    [InlineData("15")]
    [InlineData("64")]
    [InlineData("-1")]
    [InlineData("read,8")]
    [InlineData("none")]
    [InlineData("read write")]
    [InlineData("")]
    [InlineData("read,")]
    public async Task Scopes_are_names_and_numbers_are_none(string scopes)
    {
        await using var program = ProgramUnderTest.Start(["keys", "add", "partner", "--scopes", scopes], NoStorage);
        Assert.Equal((2, $"Scopes are some of read, write, run, admin with commas between, not '{scopes}'."), Trimmed(await program.EndAsync()));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        await using var program = ProgramUnderTest.Start(["import", "no-such-folder"], NoStorage);
        Assert.Equal((2, "There is no folder 'no-such-folder'."), Trimmed(await program.EndAsync()));
    }

    [Fact]
    public async Task A_setting_that_cannot_be_followed_is_said_in_one_sentence()
    {
        await using var program = ProgramUnderTest.Start(["keys", "add", "partner", "--scopes", "read"], ("EntraTenant", "contoso.onmicrosoft.com"));
        Assert.Equal((1, "The setting 'EntraTenant' is the directory's id, a GUID, not 'contoso.onmicrosoft.com'."),
            Trimmed(await program.EndAsync()));
    }

    /// <summary>The arguments that the Functions host 4.1037 passes; nobody listens at that address.</summary>
    [Fact]
    public async Task A_worker_with_a_wrong_setting_ends_with_2_before_it_looks_for_its_host()
    {
        await using var program = ProgramUnderTest.Start(
            [
                "--host", "127.0.0.1", "--port", "1", "--workerId", "w", "--requestId", "r", "--grpcMaxMessageLength", "2147483647",
                "--functions-uri", "http://127.0.0.1:1/", "--functions-worker-id", "w", "--functions-request-id", "r",
                "--functions-grpc-max-message-length", "2147483647",
            ],
            ("OfficeTimeZone", "Nowhere"));
        Assert.Equal((2, "The setting 'OfficeTimeZone' names no time zone: 'Nowhere'."), Trimmed(await program.EndAsync()));
    }

    private static (int, string) Trimmed((int Code, string Errors) end) => (end.Code, end.Errors.Trim());
}
