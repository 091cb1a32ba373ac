using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;

namespace FriendCity.Storage.Rest;

/// <summary>Table Storage over its REST interface.</summary>
internal sealed class RestTableStorage(StorageAccount account, StorageClock clock, TimeProvider time, StorageOptions options) : ITableStorage
{
    private const string Json = "application/json;odata=minimalmetadata";

    private readonly StorageWire _wire = StoragePipeline.Tables(account, clock, time, options);

    public async Task EnsureTableAsync(string table, CancellationToken cancellation)
    {
        using var message = Request(RequestMethod.Post, "/Tables");
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { ["TableName"] = TableKeys.CheckTable(table) }));
        var response = await _wire.SendAsync(message, cancellation);
        if (response.Status is not (201 or 204) && StorageFault.Of(response).Code != "TableAlreadyExists")
            throw StorageFault.Unexpected(message);
    }

    public async Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellation)
    {
        using var message = Request(RequestMethod.Get, TablePath.Row(table, partitionKey, rowKey));
        var response = await _wire.SendAsync(message, cancellation);
        return response.Status switch
        {
            200 => EntityReader.Row(response.Content),
            404 => null,
            _ => throw StorageFault.Unexpected(message),
        };
    }

    public async IAsyncEnumerable<IReadOnlyList<TableRow>> QueryAsync(
        string table, TableRange range, IReadOnlyList<string>? columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableFilter.For(range)?.Text;
        var select = columns is null ? null : string.Join(',', ["PartitionKey", "RowKey", .. columns]);
        string? nextPartition = null, nextRow = null;
        do
        {
            using var message = Request(RequestMethod.Get, $"/{TableKeys.CheckTable(table)}()",
                ("$filter", filter), ("$select", select), ("NextPartitionKey", nextPartition), ("NextRowKey", nextRow));
            var response = await _wire.SendAsync(message, cancellation);
            if (response.Status == 404)
                yield break;
            if (response.Status != 200)
                throw StorageFault.Unexpected(message);
            // The service may answer an empty page and still have more.
            var rows = EntityReader.Page(response.Content, columns?.Count);
            if (rows.Count > 0)
                yield return rows;
            response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out nextPartition);
            response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out nextRow);
        }
        while (nextPartition is not null);
    }

    public async Task<TableSubmit> SubmitAsync(string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellation)
    {
        TableRules.Check(operations);
        var batch = BatchWriter.Write(_wire.Address("/" + TableKeys.CheckTable(table)), operations);
        using var message = Request(RequestMethod.Post, "/$batch");
        message.Request.Headers.SetValue("Content-Type", batch.ContentType);
        message.Request.Content = RequestContent.Create(batch.Body);
        var response = await _wire.SendAsync(message, cancellation);
        return response.Status == 202
            ? BatchReader.Read(response.Content.ToMemory(), operations)
            : throw StorageFault.Unexpected(message);
    }

    private HttpMessage Request(RequestMethod method, string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var message = _wire.Request(method, path, query);
        message.Request.Headers.SetValue("Accept", Json);
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        message.Request.Headers.SetValue("MaxDataServiceVersion", "3.0");
        return message;
    }
}
