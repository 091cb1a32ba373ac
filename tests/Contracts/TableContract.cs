using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Contracts;

/// <summary>What the table port promises; a client is put to the test by deriving and opening it.</summary>
public abstract class TableContract(Azurite azurite)
{
    private protected Azurite Azurite => azurite;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract ITableStorage Open(string connectionString);

    private protected async Task<(ITableStorage Tables, string Table)> NewTableAsync()
    {
        var (tables, table) = (Open(await azurite.ConnectionStringAsync()), Scratch.Table());
        await tables.EnsureTableAsync(table, Token);
        return (tables, table);
    }

    private protected static TableRow Row(string partition, string row, params (string Name, object Value)[] columns) =>
        new(partition, row, columns.ToDictionary(c => c.Name, c => c.Value));

    /// <summary>The ETags of a transaction that must succeed.</summary>
    private protected static async Task<IReadOnlyList<string?>> CommitAsync(ITableStorage tables, string table, params TableOperation[] operations) =>
        Assert.IsType<TableSubmit.Committed>(await tables.SubmitAsync(table, operations, Token)).ETags;

    private protected static async Task<string> InsertAsync(ITableStorage tables, string table, TableRow row) =>
        Assert.Single(await CommitAsync(tables, table, TableOperation.Insert(row)))!;

    private protected static async Task<List<TableRow>> ReadAsync(ITableStorage tables, string table, TableRange range, params string[] columns)
    {
        var rows = new List<TableRow>();
        await foreach (var page in tables.QueryAsync(table, range, columns.Length > 0 ? columns : null, Token))
            rows.AddRange(page);
        return rows;
    }
}
