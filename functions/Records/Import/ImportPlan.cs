using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FriendCity.Serialization;

namespace FriendCity.Records.Import;

/// <summary>A row that an import writes, as its plan has it.</summary>
/// <param name="Base">The version that it replaces; 0 for a new record.</param>
/// <param name="Hash">Of the fields that it writes.</param>
internal sealed record PlannedRow(string Id, long Base, string Hash)
{
    /// <summary>Eight bytes: they tell our own version from another's by the same caller.</summary>
    public static string HashOf(RecordType type, Record record) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json.Text(writer =>
    {
        writer.WriteStartObject();
        type.WriteFields(writer, record);
        writer.WriteEndObject();
    }))).AsSpan(0, 8));
}

/// <summary>
/// What an import set out to write, stored before it wrote anything: whoever goes on after a kill knows by it what is done and what is left.
/// A text: the counts, then a line for each row with its number, id, version and hash.
/// </summary>
internal sealed record ImportPlan(ImportCounts Counts, IReadOnlyDictionary<int, PlannedRow> Rows)
{
    private const char Between = '\t';

    public static ImportPlan Of(RecordType type, ImportCheck check) => new(check.Counts,
        check.Writes.ToDictionary(item => item.Row, item => new PlannedRow(item.Id, item.Base, PlannedRow.HashOf(type, item.Next))));

    public void Write(Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(Line(Counts.Inserted, Counts.Updated, Counts.Unchanged, Counts.SkippedDiffers, Counts.SkippedDeleted, Counts.Refused));
        foreach (var (row, planned) in Rows)
            text.WriteLine(Line(row, planned.Id, planned.Base, planned.Hash));
    }

    /// <exception cref="FormatException">It is not what this service wrote.</exception>
    public static ImportPlan Read(Stream stream)
    {
        using var text = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var counts = text.ReadLine()?.Split(Between).Select(Number).ToArray() is [var a, var b, var c, var d, var e, var f]
            ? new ImportCounts(a, b, c, d, e, f) : throw Unreadable();
        var rows = new Dictionary<int, PlannedRow>();
        while (text.ReadLine() is { } line)
            rows.Add(line.Split(Between) is [var row, var id, var version, var hash] ? Number(row) : throw Unreadable(),
                new(id, long.Parse(version, NumberStyles.None, CultureInfo.InvariantCulture), hash));
        return new(counts, rows);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Line(params object[] cells) =>
        string.Join(Between, cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)));

    private static FormatException Unreadable() => new("The plan of the import cannot be read.");
}
