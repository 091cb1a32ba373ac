using Azure.Data.Tables;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Contracts;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Storage;

/// <summary>The service reads a literal as the value it was written for: a filter finds its rows and no others.</summary>
public sealed class TableFilterWireTests(Azurite azurite)
{
    private static readonly DateTimeOffset Day = new DateTimeOffset(2024, 3, 25, 8, 30, 15, TimeSpan.FromHours(8)).AddTicks(1234567);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_literal_of_each_type_finds_its_rows_and_no_others()
    {
        var connection = await azurite.ConnectionStringAsync();
        var (tables, table) = (StorageClients.Tables(connection), Scratch.Table());
        await tables.EnsureTableAsync(table, Token);
        // A millisecond between instants: the emulator compares no closer.
        TableRow[] rows =
        [
            Row("0", "so'meS'tri'ng", -5L, -1.5, false, Day.AddMilliseconds(-1), [0x0A, 0xFF]),
            Row("1", "", 5L, 5.0, true, Day, [0x10, 0x55]),
            Row("2", "青岛 %25", 9007199254740993L, 10.1, false, Day.AddMilliseconds(1), [0x01, 0x02]),
            new("p", "3", new Dictionary<string, object>()),
        ];
        Assert.IsType<TableSubmit.Committed>(await tables.SubmitAsync(table, [.. rows.Select(TableOperation.Insert)], Token));

        (TableFilter Filter, string Found)[] cases =
        [
            (TableFilter.Create($"Text eq {"so'meS'tri'ng"}"), "0"),
            (TableFilter.Create($"Text eq {""}"), "1"),
            (TableFilter.Create($"Text eq {"青岛 %25"}"), "2"),
            (TableFilter.Create($"Text ge {"t"}"), "2"),
            (TableFilter.Create($"Number eq {-5L}"), "0"),
            (TableFilter.Create($"Number eq {9007199254740993L}"), "2"),
            (TableFilter.Create($"Number eq {9007199254740992L}"), ""),
            (TableFilter.Create($"Number ge {5L}"), "12"),
            (TableFilter.Create($"Number lt {0L}"), "0"),
            (TableFilter.Create($"Ratio eq {5.0}"), "1"),
            (TableFilter.Create($"Ratio ge {10.1}"), "2"),
            (TableFilter.Create($"Ratio lt {0.0}"), "0"),
            (TableFilter.Create($"Flag eq {true}"), "1"),
            (TableFilter.Create($"Flag eq {false}"), "02"),
            (TableFilter.Create($"Instant eq {Day}"), "1"),
            (TableFilter.Create($"Instant ge {Day}"), "12"),
            (TableFilter.Create($"Instant lt {Day}"), "0"),
            (TableFilter.Create($"Bytes eq {new byte[] { 0x0A, 0xFF }}"), "0"),
            (TableFilter.Create($"Bytes eq {new byte[] { 0x01, 0x02 }}"), "2"),
            (TableFilter.Create($"PartitionKey eq {"p"} and Flag eq {true} and Number ge {5L}"), "1"),
            (TableFilter.Create($"PartitionKey eq {"p"} and not (RowKey eq {"0"} or RowKey eq {"3"})"), "12"),
            (TableFilter.Create($"PartitionKey eq {"p"} and PartitionKey eq {"q"}"), ""),
        ];
        foreach (var (filter, found) in cases)
            Assert.Equal($"{filter.Text}: {found}",
                $"{filter.Text}: {string.Concat((await FindAsync(connection, table, filter)).Select(row => row.RowKey))}");
    }

    // The port asks by key only, so this goes past it.
    private static async Task<IReadOnlyList<TableEntity>> FindAsync(string connection, string table, TableFilter filter)
    {
        var client = new TableServiceClient(connection).GetTableClient(table);
        var rows = new List<TableEntity>();
        await foreach (var row in client.QueryAsync<TableEntity>(filter.Text, cancellationToken: Token))
            rows.Add(row);
        return rows;
    }

    private static TableRow Row(string row, string text, long number, double ratio, bool flag, DateTimeOffset instant, byte[] bytes) =>
        new("p", row, new Dictionary<string, object>
        {
            ["Text"] = text,
            ["Number"] = number,
            ["Ratio"] = ratio,
            ["Flag"] = flag,
            ["Instant"] = instant,
            ["Bytes"] = bytes,
        });
}
