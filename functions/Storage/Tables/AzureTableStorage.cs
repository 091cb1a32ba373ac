using Azure;
using Azure.Data.Tables;

namespace FriendCity.Storage.Tables;

/// <summary>Table Storage over the official client.</summary>
internal sealed class AzureTableStorage(StorageAccount account, StorageClock clock, TimeProvider time, StorageOptions options) : ITableStorage
{
    private readonly StorageCall _call = new(options, time);
    private readonly TableServiceClient _service = Client(account, new TableClientOptions().Bound(options, clock, time));

    public Task EnsureTableAsync(string table, CancellationToken cancellationToken)
    {
        TableKeys.CheckTable(table);
        return _call.RunAsync($"the creation of {table}", bound => _service.CreateTableIfNotExistsAsync(table, bound), cancellationToken);
    }

    public async Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        TableKeys.Check(partitionKey, nameof(partitionKey));
        TableKeys.Check(rowKey, nameof(rowKey));
        var answer = await _call.RunAsync(
            $"a read of {table}", bound => Table(table).GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, null, bound), cancellationToken);
        return answer.HasValue ? AzureRows.Read(answer.Value!) : null;
    }

    public IAsyncEnumerable<IReadOnlyList<TableRow>> QueryAsync(
        string table, TableRange range, IReadOnlyList<string>? columns, CancellationToken cancellationToken)
    {
        var filter = TableFilter.For(range)?.Text;
        string[]? select = columns is null ? null : ["PartitionKey", "RowKey", .. columns];
        var client = Table(table);
        return _call.PagesAsync($"a query of {table}", (next, bound) => client.QueryAsync<TableEntity>(filter, null, select, bound).AsPages(next),
            cancellationToken)
            .Select(page => (IReadOnlyList<TableRow>)[.. page.Select(AzureRows.Read)]);
    }

    public Task<TableSubmit> SubmitAsync(string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        TableRules.Check(operations);
        AzureRows.CheckSize(operations);
        var client = Table(table);
        return _call.RunAsync<TableSubmit>("a transaction", async bound =>
        {
            try
            {
                var answers = await client.SubmitTransactionAsync(operations.Select(Action), bound);
                return new TableSubmit.Committed(
                    [.. answers.Value.Select((answer, i) => operations[i].Kind == TableWrite.Delete ? null : answer.Headers.ETag?.ToString("H"))]);
            }
            catch (TableTransactionFailedException fault) when (TableRefusals.Reason(fault.Status, fault.ErrorCode) is not null
                && Index(fault, operations.Count) is not null)
            {
                return new TableSubmit.Refused(Index(fault, operations.Count)!.Value, TableRefusals.Reason(fault.Status, fault.ErrorCode)!.Value);
            }
        }, cancellationToken);
    }

    private static TableServiceClient Client(StorageAccount account, TableClientOptions settings) => account.Access switch
    {
        StorageAccess.SharedKey key => new(account.Tables, new TableSharedKeyCredential(key.Account, Convert.ToBase64String(key.Key)), settings),
        StorageAccess.Signature signature => new(account.Tables, new AzureSasCredential(signature.Query), settings),
        StorageAccess.Identity identity => new(account.Tables, identity.Credential, settings),
        _ => throw new ArgumentException("Unknown kind of access.", nameof(account)),
    };

    private static TableTransactionAction Action(TableOperation operation) => operation.Kind switch
    {
        TableWrite.Insert => new(TableTransactionActionType.Add, AzureRows.Write(operation.Row)),
        TableWrite.Replace => new(TableTransactionActionType.UpdateReplace, AzureRows.Write(operation.Row), new ETag(operation.IfMatch!)),
        TableWrite.Upsert => new(TableTransactionActionType.UpsertReplace, AzureRows.Write(operation.Row)),
        _ => new(TableTransactionActionType.Delete, AzureRows.Write(operation.Row), new ETag(operation.IfMatch!)),
    };

    private static int? Index(TableTransactionFailedException fault, int count) => fault.FailedTransactionActionIndex ?? (count == 1 ? 0 : null);

    private TableClient Table(string table) => _service.GetTableClient(TableKeys.CheckTable(table));
}
