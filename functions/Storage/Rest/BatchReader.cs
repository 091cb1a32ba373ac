using System.Globalization;
using System.Text;

namespace FriendCity.Storage.Rest;

/// <summary>
/// Reads the answer to a transaction. It is 202 whatever became of the operations: success has one inner answer for each,
/// failure a single one, whose message begins with the number of the operation that was refused.
/// </summary>
internal static class BatchReader
{
    private const string StatusPrefix = "HTTP/1.1 ";
    private const string ETagPrefix = "ETag:";

    public static TableSubmit Read(ReadOnlyMemory<byte> body, IReadOnlyList<TableOperation> operations)
    {
        var answers = Answers(Encoding.UTF8.GetString(body.Span));
        if (answers.Find(a => a.Status is < 200 or > 299) is { } failed)
            return Refused(failed, operations.Count);
        return answers.Count == operations.Count
            ? new TableSubmit.Committed([.. answers.Select((answer, i) => operations[i].Kind == TableWrite.Delete ? null : answer.ETag)])
            : throw new StorageException($"Storage answered {answers.Count} of {operations.Count} operations of a transaction.");
    }

    private static TableSubmit.Refused Refused(Answer answer, int count)
    {
        var fault = StorageFault.OfBody(answer.Status, Encoding.UTF8.GetBytes(answer.Body));
        return TableRefusals.Reason(fault.Status, fault.Code) is { } known && Index(fault.Text, count) is { } index
            ? new TableSubmit.Refused(index, known)
            : throw fault.Exception("a transaction");
    }

    private static int? Index(string text, int count)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count)
            return index;
        return count == 1 ? 0 : null;
    }

    // Inner bodies are JSON on one line, so no line of theirs can look like a status or a boundary.
    private static List<Answer> Answers(string text)
    {
        var answers = new List<Answer>();
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (line.StartsWith(StatusPrefix, StringComparison.Ordinal))
                answers.Add(new Answer(Status(line)));
            else if (answers.Count > 0 && line.StartsWith(ETagPrefix, StringComparison.OrdinalIgnoreCase))
                answers[^1].ETag = line[ETagPrefix.Length..].Trim();
            else if (answers.Count > 0 && line.StartsWith('{'))
                answers[^1].Body = line;
        }

        return answers;
    }

    private static int Status(string line) =>
        line.Length >= StatusPrefix.Length + 3
        && int.TryParse(line.AsSpan(StatusPrefix.Length, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : throw new StorageException("Storage answered a transaction with something that cannot be read.");

    private sealed class Answer(int status)
    {
        public int Status { get; } = status;

        public string? ETag { get; set; }

        public string Body { get; set; } = "";
    }
}
