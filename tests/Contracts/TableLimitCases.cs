using FriendCity.Storage.Tables;

namespace FriendCity.Tests.Contracts;

/// <summary>Transactions on either side of each limit.</summary>
internal static class TableLimitCases
{
    private static readonly TableRow Good = Row("good");

    public static IReadOnlyDictionary<string, (IReadOnlyList<TableOperation> Operations, int Index)> All { get; } =
        new Dictionary<string, (IReadOnlyList<TableOperation>, int)>
        {
            ["101 operations"] = ([.. Enumerable.Range(0, 101).Select(n => TableOperation.Insert(Row($"r{n}")))], 100),
            ["two partitions"] = ([TableOperation.Insert(Good), TableOperation.Insert(Good with { PartitionKey = "q" })], 1),
            ["partitions that differ by case"] = ([TableOperation.Insert(Good), TableOperation.Insert(Row("b") with { PartitionKey = "P" })], 1),
            ["a row twice"] = ([TableOperation.Insert(Good), TableOperation.Insert(Row("b")), TableOperation.Delete("p", "good", "*")], 2),
            ["long text"] = Second(("Text", new string('x', TableLimits.TextCharacters + 1))),
            ["half a pair"] = Second(("Text", "a\uD83Eb")),
            ["a pair the wrong way round"] = Second(("Text", "\uDD1D\uD83E")),
            ["many bytes"] = Second(("Bytes", new byte[(64 * 1024) + 1])),
            ["an instant before 1601"] = Second(("Instant", new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero))),
            ["an int"] = Second(("Number", 7)),
            ["not a number"] = Second(("Number", double.NaN)),
            ["infinity"] = Second(("Number", double.PositiveInfinity)),
            ["minus infinity"] = Second(("Number", double.NegativeInfinity)),
            ["a decimal"] = Second(("Money", 7m)),
            ["the service's own column"] = Second(("Timestamp", "x")),
            ["a column of no name"] = Second(("", "x")),
            ["a column with a point"] = Second(("odata.etag", "x")),
            ["a column that begins with a digit"] = Second(("1st", "x")),
            ["a long column name"] = Second((new string('n', 256), "x")),
            ["253 columns"] = Second([.. Enumerable.Range(0, 253).Select(n => ($"C{n}", (object)"x"))]),
            ["a row over 1 MiB"] = Second([.. Texts(15), ("Last", new string('x', TableLimits.TextCharacters - 150))]),
            ["a replacement without ETag"] = ([TableOperation.Insert(Good), new TableOperation(TableWrite.Replace, Row("b"), null)], 1),
            ["a deletion without ETag"] = ([TableOperation.Insert(Good), new TableOperation(TableWrite.Delete, Row("b"), null)], 1),
            ["an insert with ETag"] = ([TableOperation.Insert(Good), new TableOperation(TableWrite.Insert, Row("b"), "*")], 1),
            ["an upsert with ETag"] = ([TableOperation.Insert(Good), new TableOperation(TableWrite.Upsert, Row("b"), "*")], 1),
            ["a foreign ETag"] = ([TableOperation.Insert(Good), TableOperation.Replace(Row("b"), "\"7\"")], 1),
            ["an ETag with a line of its own"] = ([TableOperation.Insert(Good), TableOperation.Replace(Row("b"), "W/\"a\r\nX: y\"")], 1),
        };

    public static IReadOnlyList<TableRow> Largest { get; } =
    [
        Row("longest text", ("Text", new string('x', TableLimits.TextCharacters))),
        Row("most columns", [.. Enumerable.Range(0, 252).Select(n => ($"C{n}", (object)"x"))]),
        // 15 texts of 32 Ki characters, and one that fills the row to the last byte.
        Row("largest", [.. Texts(15), ("Last", new string('x', TableLimits.TextCharacters - 155))]),
        Row(new string('k', 512)),
    ];

    /// <summary>Rows of 32 Ki Chinese characters each, about 96 KiB when they are not escaped.</summary>
    public static IReadOnlyList<TableOperation> ChineseTransaction(int rows) =>
        [.. Enumerable.Range(0, rows).Select(n => TableOperation.Insert(Row($"r{n}", [.. Texts(1)]) with { PartitionKey = "large" }))];

    // A Chinese character is two bytes in the row and three in the request.
    private static IEnumerable<(string Name, object Value)> Texts(int count) =>
        Enumerable.Range(0, count).Select(n => ($"T{n:D2}", (object)new string('青', TableLimits.TextCharacters)));

    private static TableRow Row(string row, params (string Name, object Value)[] columns) =>
        new("p", row, columns.ToDictionary(c => c.Name, c => c.Value));

    private static (IReadOnlyList<TableOperation> Operations, int Index) Second(params (string Name, object Value)[] columns) =>
        ([TableOperation.Insert(Good), TableOperation.Insert(Row("bad", columns))], 1);
}
