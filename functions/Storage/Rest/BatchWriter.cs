using System.Text;

namespace FriendCity.Storage.Rest;

/// <summary>An entity-group transaction as the service wants it: a multipart body with one set of changes in it.</summary>
internal sealed record BatchWriter(string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <param name="table">The address of the table.</param>
    /// <param name="operations">Checked already.</param>
    public static BatchWriter Write(Uri table, IReadOnlyList<TableOperation> operations)
    {
        var id = Guid.NewGuid().ToString("D");
        using var body = new MemoryStream();
        Line($"--batch_{id}");
        Line($"Content-Type: multipart/mixed; boundary=changeset_{id}");
        Line("");
        for (var i = 0; i < operations.Count; i++)
        {
            Line($"--changeset_{id}");
            Line("Content-Type: application/http");
            Line("Content-Transfer-Encoding: binary");
            Line("");
            Operation(operations[i]);
            // Also bounded by the transaction's end, which is some hundred bytes.
            if (body.Length > TableLimits.TransactionBytes - 256)
                throw new TableOperationException(i, $"the transaction passes {TableLimits.TransactionBytes} bytes here");
        }

        Line($"--changeset_{id}--");
        Line($"--batch_{id}--");
        return new BatchWriter($"multipart/mixed; boundary=batch_{id}", body.ToArray());

        void Operation(TableOperation operation)
        {
            var row = operation.Row;
            Line(operation.Kind switch
            {
                TableWrite.Insert => $"POST {table} HTTP/1.1",
                TableWrite.Delete => $"DELETE {table}{TablePath.Keys(row.PartitionKey, row.RowKey)} HTTP/1.1",
                _ => $"PUT {table}{TablePath.Keys(row.PartitionKey, row.RowKey)} HTTP/1.1",
            });
            Line("Accept: application/json;odata=minimalmetadata");
            Line("DataServiceVersion: 3.0");
            if (operation.IfMatch is not null)
                Line($"If-Match: {operation.IfMatch}");
            if (operation.Kind == TableWrite.Insert)
                Line("Prefer: return-no-content");
            if (operation.Kind != TableWrite.Delete)
                Line("Content-Type: application/json");
            Line("");
            if (operation.Kind != TableWrite.Delete)
                body.Write(EntityWriter.Write(row));
            Line("");
        }

        void Line(string text) => body.Write(Encoding.UTF8.GetBytes(text + "\r\n"));
    }
}
