using System.Text;
using FriendCity.Records.Import;
using FriendCity.Records.Persistence;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records;

public sealed class ImporterTests : IDisposable
{
    private readonly string _folder = Scratch.Folder("import");
    private readonly FakeTables _tables = new(TimeProvider.System);
    private readonly Instance _instance;

    public ImporterTests() => _instance = new Instance(_tables, TimeProvider.System);

    [Theory]
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"b","text":1}]""", "memos.json:2", "/text")]
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"b"}]""", "memos.json:2", "/text")]
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"b","text":"x","colour":"red"}]""", "memos.json:2", "/colour")]
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"a","text":"twice"}]""", "memos.json:2", "/id")]
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"a/b","text":"x"}]""", "memos.json:2", "/id")]
    [InlineData("""[{"id":"a","text":"fine"}, {"text":"x"}]""", "memos.json:2", "/id")]
    [InlineData("""[{"id":"a","text":"fine"}, 7]""", "memos.json:2", "/id")]
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"b","text":"x","about":"nobody"}]""", "memos.json:2 (memos/b)", "/about")]
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"b","text":"x","text":"y"}]""", "memos.json:2:28", "")]
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"b",""", "memos.json:2:10", "")]
    [InlineData("""{"id":"a","text":"fine"}""", "memos.json", "")]
    public async Task A_faulty_file_is_refused_whole_with_file_and_line(string json, string place, string pointer)
    {
        var result = await ImportAsync(json.Replace(", {\"", ",\n{\"", StringComparison.Ordinal).Replace(", 7", ",\n7", StringComparison.Ordinal));
        var fault = Assert.Single(result.Faults);
        Assert.Equal((place, pointer), (fault.Place, fault.Violation.Pointer));
        Assert.Equal((0, 0), (result.Written, result.Unchanged));
        Assert.Empty(_tables.Data.Page("memos", TableRange.All, null, 10));
        Assert.Empty(_tables.Data.Page(ChangeFeed.Table, TableRange.All, null, 10));
    }

    /// <summary>What stands beside good files is named, whatever it is: left out in silence it would be missed.</summary>
    [Theory]
    [InlineData("letters.json")]
    [InlineData("Memos.json")]
    [InlineData("memos.JSON")]
    [InlineData("memos.csv")]
    [InlineData("memos")]
    [InlineData("notes.txt")]
    [InlineData("memos.json.bak")]
    public async Task A_file_of_no_record_type_is_refused(string name)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, name), "[]");
        var result = await ImportAsync("""[{"id":"a","text":"fine"}]""");
        Assert.Equal((name, "unknown_file"), (Assert.Single(result.Faults).Place, result.Faults[0].Violation.Rule));
        Assert.Null(await _instance.ReadAsync("a"));
    }

    [Fact]
    public async Task A_folder_in_the_folder_is_refused_and_hidden_files_are_the_systems_own()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ".DS_Store"), "x");
        Assert.Equal(1, (await ImportAsync("""[{"id":"a","text":"fine"}]""")).Written);
        Directory.CreateDirectory(Path.Combine(_folder, "more.json"));
        Assert.Equal("more.json", Assert.Single((await ImportAsync("""[{"id":"a","text":"fine"}]""")).Faults).Place);
    }

    [Fact]
    public async Task A_folder_without_a_file_of_a_record_type_is_refused()
    {
        var result = await _instance.Importer.RunAsync(_folder, "import", CancellationToken.None);
        Assert.Equal("no_files", Assert.Single(result.Faults).Violation.Rule);
        Assert.Equal("refused, faults: 1, nothing written", result.Summary);
    }

    /// <summary>What the API refuses in a body (RFC 8259, JSONTestSuite) an import refuses too, with the place.</summary>
    public static TheoryData<string, byte[], string, string> NotJson => new()
    {
        { "GB18030", [.. "[{\"id\":\"a\",\n\"text\":\""u8, 0xC7, 0xE0, 0xB5, 0xBA, .. "\"}]"u8], "memos.json:2:9", "malformed_json" },
        { "CP1251", [.. "[{\"id\":\"a\",\"text\":\""u8, 0xC0, 0xEB, 0xEC, 0xE0, .. "\"}]"u8], "memos.json:1:20", "malformed_json" },
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("[]")], "memos.json:1:1", "malformed_json" },
        { "hexadecimal", [.. """[{"id":"a","text":"x","count":0x10}]"""u8], "memos.json:1:32", "malformed_json" },
        { "octal", [.. """[{"id":"a","text":"x","count":010}]"""u8], "memos.json:1:32", "malformed_json" },
        { "line comment", [.. "[{\"id\":\"a\",\"text\":\"x\"} // why\n]"u8], "memos.json:1:24", "malformed_json" },
        { "block comment", [.. """[/* all */{"id":"a","text":"x"}]"""u8], "memos.json:1:2", "malformed_json" },
        { "single quotes", [.. "[{'id':'a','text':'x'}]"u8], "memos.json:1:3", "malformed_json" },
        { "bare names", [.. "[{id:\"a\",text:\"x\"}]"u8], "memos.json:1:3", "malformed_json" },
        { "text behind the end", [.. """[{"id":"a","text":"x"}]]"""u8], "memos.json:1:24", "malformed_json" },
        { "a second array", [.. """[{"id":"a","text":"x"}] []"""u8], "memos.json:1:25", "malformed_json" },
        { "trailing comma", [.. """[{"id":"a","text":"x"},]"""u8], "memos.json:1:24", "malformed_json" },
        { "NaN", [.. """[{"id":"a","text":"x","share":NaN}]"""u8], "memos.json:1:31", "malformed_json" },
        { "lone surrogate", [.. """[{"id":"a","text":"\ud83d"}]"""u8], "memos.json", "bad_character" },
        { "lone surrogate in a name", [.. """[{"id":"a","text":"x","\udca9":1}]"""u8], "memos.json", "bad_character" },
        { "empty", [], "memos.json:1:1", "malformed_json" },
        { "an object", [.. """{"id":"a","text":"x"}"""u8], "memos.json", "wrong_type" },
        { "a page of a longer list", [.. """{"value":[{"id":"a","text":"x"}],"nextLink":"/api/v1/memos?cursor=x"}"""u8], "memos.json", "incomplete" },
        { "blank text", [.. """[{"id":"a","text":"\u3000"}]"""u8], "memos.json:1", "empty" },
        { "a version of a record that is not there", [.. """[{"id":"a","text":"x","version":1}]"""u8], "memos.json:1", "read_only" },
    };

    [Theory]
    [MemberData(nameof(NotJson))]
    public async Task An_import_is_as_strict_as_the_API(string what, byte[] file, string place, string rule)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "memos.json"), file);
        var fault = Assert.Single((await _instance.Importer.RunAsync(_folder, "import", CancellationToken.None)).Faults);
        Assert.True((place, rule) == (fault.Place, fault.Violation.Rule), $"{what}: {fault}");
        Assert.Empty(_tables.Data.Page("memos", TableRange.All, null, 10));
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "memos.json"), [0xEF, 0xBB, 0xBF, .. """[{"id":"a","text":"青岛"}]"""u8]);
        Assert.Equal(1, (await _instance.Importer.RunAsync(_folder, "import", CancellationToken.None)).Written);
        Assert.Equal("青岛", (await _instance.ReadAsync("a"))!.Text);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var result = await ImportAsync("[{\"id\":\"a\"},\n{\"id\":\"b\",\"text\":2},\n{\"id\":\"c\",\"text\":\"x\",\"share\":3}]");
        Assert.Equal(["memos.json:1", "memos.json:2", "memos.json:3"], result.Faults.Select(fault => fault.Place));
    }

    [Fact]
    public async Task Records_of_one_import_may_refer_to_each_other_in_any_order()
    {
        var result = await ImportAsync("""[{"id":"a","text":"x","about":"b"},{"id":"b","text":"y","about":"a"}]""");
        Assert.Equal((2, 0), (result.Written, result.Faults.Count));
        Assert.Equal("b", (await _instance.ReadAsync("a"))!.About);
        await Audit.HoldsAsync(_tables, NoteRecord.Types);
    }

    [Fact]
    public async Task What_the_office_edited_or_deleted_stays_so()
    {
        const string Json = """[{"id":"a","text":"first"},{"id":"b","text":"first"},{"id":"c","text":"first"}]""";
        await ImportAsync(Json);
        await _instance.WriteAsync("a", "edited");
        await _instance.Store.WriteAsync(NoteRecord.Type, "b", "tests", _ => new WritePlan.Store(Deleted("first")), CancellationToken.None);
        var result = await ImportAsync(Json[..^1] + """,{"id":"d","text":"new"}]""");
        Assert.Equal((1, 1, 1, 1), (result.Written, result.Unchanged, result.Differing, result.Deleted));
        Assert.Equal("1 written, 1 unchanged, 1 skipped: differs, 1 skipped: deleted", result.Summary);
        Assert.Equal("edited", (await _instance.ReadAsync("a"))!.Text);
        Assert.Null(await _instance.ReadAsync("b"));
        Assert.Equal(("first", "new"), ((await _instance.ReadAsync("c"))!.Text, (await _instance.ReadAsync("d"))!.Text));
        await Audit.HoldsAsync(_tables, NoteRecord.Types);
    }

    [Fact]
    public async Task More_records_than_a_transaction_takes_are_packed_over_several()
    {
        var ids = OfPartition("3", 123);
        var (transactions, entries) = (new List<int>(), 0);
        _tables.Before = call =>
        {
            if (call is { Verb: TableCall.Submit, Table: "memos" })
                transactions.Add(call.Operations.Count);
            else if (call.Verb == TableCall.Submit)
                entries++;
            return Task.CompletedTask;
        };
        var result = await ImportAsync($"[{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","text":"x"}"""))}]");
        Assert.Equal(123, result.Written);
        Assert.Equal([46, 100, 100], transactions.Order());
        Assert.Equal(3, entries);
        await Audit.HoldsAsync(_tables, NoteRecord.Types);
    }

    [Fact]
    public async Task A_record_that_someone_else_inserts_meanwhile_stays_as_they_wrote_it()
    {
        var ids = OfPartition("7", 3);
        using var other = new Instance(new FakeTables(TimeProvider.System, _tables.Data), TimeProvider.System);
        await other.Replica.ReadAsync(CancellationToken.None);
        _tables.Before = async call =>
        {
            if (call is not { Verb: TableCall.Submit, Table: "memos" })
                return;
            _tables.Before = null;
            await other.WriteAsync(ids[1], "theirs");
        };
        var result = await ImportAsync($"[{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","text":"ours"}"""))}]");
        Assert.Equal((2, 0, 1, 0), (result.Written, result.Unchanged, result.Differing, result.Deleted));
        Assert.Equal(["ours", "theirs", "ours"], await Task.WhenAll(ids.Select(async id => (await _instance.ReadAsync(id))!.Text)));
        await Audit.HoldsAsync(_tables, NoteRecord.Types);
    }

    public void Dispose()
    {
        _instance.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ImportResult> ImportAsync(string json)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "memos.json"), json);
        return await _instance.Importer.RunAsync(_folder, "import", CancellationToken.None);
    }

    private static List<string> OfPartition(string partition, int count) =>
        [.. Enumerable.Range(0, int.MaxValue).Select(n => $"id{n}").Where(id => RecordKeys.Partition(id) == partition).Take(count)];

    private static NoteRecord Deleted(string text)
    {
        var memo = NoteRecord.Of(text);
        memo.Deleted = true;
        return memo;
    }
}
