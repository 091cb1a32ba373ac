using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Registry;
using FriendCity.Storage.Tables;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Integration.Records;

/// <summary>
/// Cells that no write of this service makes, for every column of every record type, taken from the definitions: values of another EDM
/// type, broken or wrongly nested JSON, absurd numbers, codes and dates, and cells that are not there.
/// </summary>
internal static class Poison
{
    /// <summary>A cell that is missing.</summary>
    public static readonly object Missing = new();

    private const string Text = "text", Integer = "integer", Ratio = "ratio", Flag = "flag", Instant = "instant";

    private static readonly (string Of, object Value)[] Values =
    [
        (Text, "x"), (Integer, 7L), ("Int32", 7), (Ratio, 1.5), (Flag, true), (Instant, DateTimeOffset.UnixEpoch), ("Binary", new byte[] { 1, 2 }),
        ("Guid", Guid.Empty),
    ];

    private static readonly string[] BrokenLists =
        ["", "[", "[{", "[1", "{}", "null", "7", "\"x\"", "x", "[null]", "[1]", "[[]]", "[]x", "[{\"a\":1,\"a\":2}]", "[{\"nope\":1}]",
            new string('[', 200), "[NaN]", "[1e999999]"];

    /// <summary>Column, what is wrong with it, and the cell.</summary>
    public static IEnumerable<(string Column, string What, object Value)> Of(RecordType type)
    {
        foreach (var field in type.Members)
        {
            foreach (var poison in Of(field.Column, field.KindName, field.Codes is not null))
                yield return poison;
            if (field.Required)
                yield return (field.Column, "missing", Missing);
        }

        foreach (var (column, kind) in new[] { ("Id", Text), ("Version", Integer), ("Deleted", Flag), ("Actor", Text), ("ChangedAt", Instant),
            ("OperationId", Text), ("SchemaVersion", Integer) })
        {
            foreach (var poison in WrongType(column, kind))
                yield return poison;
            yield return (column, "missing", Missing);
        }

        foreach (var poison in WrongType("Attachments", Text)
            .Concat(Absurd("Attachments", [.. BrokenLists, "[{}]", File("name", "null"), File("bytes", "-1"), File("bytes", "\"7\""),
            File("bytes", "1.5"), File("sha256", "\"abc\"")])))
            yield return poison;
        foreach (var poison in Absurd("Id", "", "a/b", "other", new string('a', 65)).Concat(Absurd("Version", 0L, -1L, long.MinValue, long.MaxValue))
            .Concat(Absurd("SchemaVersion", 0L, 2L, long.MaxValue)))
            yield return poison;
    }

    /// <summary>The row with that cell.</summary>
    public static TableRow Spoil(TableRow row, string column, object value)
    {
        var columns = row.Columns.ToDictionary(StringComparer.Ordinal);
        columns.Remove(column);
        if (value != Missing)
            columns[column] = value;
        return row with { Columns = columns };
    }

    /// <summary>The good row of a record of the sample, under another id; a type without a sample has what is required alone.</summary>
    public static TableRow Row(RecordType type, Record record, string id, long version, DateTimeOffset at, bool history = false)
    {
        var copy = type.FromColumns(type.ToColumns(record));
        (copy.Id, copy.Version, copy.Actor, copy.OperationId, copy.ChangedAt) = (id, version, "tests", $"{id}-{version}", at);
        return history ? RecordRows.History(type, copy) : RecordRows.Current(type, copy);
    }

    public static TheoryData<string> Types { get; } = [.. RegistryTypes.All.All.Select(type => type.Name)];

    private static IEnumerable<(string, string, object)> Of(string column, string kind, bool codes) => kind switch
    {
        "integer" => [.. WrongType(column, Integer), .. Absurd(column, long.MinValue, -1_000_000_000_000L, long.MaxValue)],
        "ratio" => [.. WrongType(column, Ratio), .. Absurd(column, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue,
            double.MinValue)],
        "flag" => WrongType(column, Flag),
        "decimal" => [.. WrongType(column, Text), .. Absurd(column, "", "x", "-1", "1e5", "NaN", "79228162514264337593543950335",
            new string('9', 400))],
        "date" => [.. WrongType(column, Text), .. Absurd(column, "", "x", "2024-02-30", "10000-01-01", "0000-01-01", "2024-1-1",
            "2024-01-01T00:00:00Z")],
        "code" => [.. WrongType(column, Text), .. Absurd(column, "", "no such code", "\0")],
        _ when kind.StartsWith("reference", StringComparison.Ordinal) =>
            [.. WrongType(column, Text), .. Absurd(column, "", "a/b", "\ud800", new string('a', 65))],
        _ when kind.StartsWith("list", StringComparison.Ordinal) =>
            [.. WrongType(column, Text), .. Absurd(column, [.. BrokenLists, .. codes ? ["[\"no such code\"]"] : Array.Empty<string>()])],
        "text" => [.. WrongType(column, Text), .. Absurd(column, "\0", "a\ud800", new string('x', 32_000))],
        _ => throw new InvalidOperationException($"There is no poison for the kind {kind}: add some."),
    };

    private static IEnumerable<(string, string, object)> WrongType(string column, string kind) =>
        Values.Where(value => value.Of != kind).Select(value => (column, value.Of, value.Value));

    private static IEnumerable<(string, string, object)> Absurd(string column, params object[] values) =>
        values.Select(value => (column, "absurd", value));

    private static string File(string member, string value)
    {
        var members = new Dictionary<string, string>
        {
            ["name"] = "\"a.pdf\"",
            ["mediaType"] = "\"application/pdf\"",
            ["bytes"] = "7",
            ["sha256"] = $"\"{new string('a', 64)}\"",
            [member] = value
        };
        return $"[{{{string.Join(',', members.Select(each => $"\"{each.Key}\":{each.Value}"))}}}]";
    }
}
