using FriendCity.Records;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Records;

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
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"b","text":"x","text":"y"}]""", "memos.json:2", "")]
    [InlineData("""[{"id":"a","text":"fine"}, {"id":"b",""", "memos.json:2", "")]
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

    [Fact]
    public async Task A_file_of_no_record_type_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "letters.json"), "[]");
        var result = await ImportAsync("""[{"id":"a","text":"fine"}]""");
        Assert.Equal("letters.json", Assert.Single(result.Faults).Place);
        Assert.Null(await _instance.ReadAsync("a"));
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
        await Audit.HoldsAsync(_tables, Memo.Types);
    }

    [Fact]
    public async Task What_the_office_edited_or_deleted_stays_so()
    {
        const string Json = """[{"id":"a","text":"first"},{"id":"b","text":"first"},{"id":"c","text":"first"}]""";
        await ImportAsync(Json);
        await _instance.WriteAsync("a", "edited");
        await _instance.Store.WriteAsync(Memo.Type, "b", "tests", _ => new WritePlan.Store(Deleted("first")), CancellationToken.None);
        var result = await ImportAsync(Json[..^1] + """,{"id":"d","text":"new"}]""");
        Assert.Equal((1, 3), (result.Written, result.Unchanged));
        Assert.Equal("edited", (await _instance.ReadAsync("a"))!.Text);
        Assert.Null(await _instance.ReadAsync("b"));
        Assert.Equal(("first", "new"), ((await _instance.ReadAsync("c"))!.Text, (await _instance.ReadAsync("d"))!.Text));
        await Audit.HoldsAsync(_tables, Memo.Types);
    }

    [Fact]
    public async Task More_records_than_a_transaction_takes_are_packed_over_several()
    {
        var ids = OfPartition("3", 123);
        var (transactions, pointers) = (new List<int>(), 0);
        _tables.Before = call =>
        {
            if (call is { Verb: TableCall.Submit, Table: "memos" })
                transactions.Add(call.Operations.Count);
            else if (call.Verb == TableCall.Submit)
                pointers++;
            return Task.CompletedTask;
        };
        var result = await ImportAsync($"[{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","text":"x"}"""))}]");
        Assert.Equal(123, result.Written);
        Assert.Equal([46, 100, 100], transactions.Order());
        Assert.Equal(3, pointers);
        await Audit.HoldsAsync(_tables, Memo.Types);
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
        await ImportAsync($"[{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","text":"ours"}"""))}]");
        Assert.Equal(["ours", "theirs", "ours"], await Task.WhenAll(ids.Select(async id => (await _instance.ReadAsync(id))!.Text)));
        await Audit.HoldsAsync(_tables, Memo.Types);
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

    private static Memo Deleted(string text)
    {
        var memo = Memo.Of(text);
        memo.Deleted = true;
        return memo;
    }
}
