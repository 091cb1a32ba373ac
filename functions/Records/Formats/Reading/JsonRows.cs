using System.Text;
using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Formats.Reading;

/// <summary>The records of a file of JSON: one a line, or an array. Each is read as a body is.</summary>
internal static class JsonRows
{
    /// <summary>In it a file that was refused says what is wrong with its records; import passes over it.</summary>
    public const string Errors = "$errors";

    public static RowSource ReadLines(Stream file)
    {
        Utf8File.Check(file);
        return new(Read(Lines(file).Where(line => !string.IsNullOrWhiteSpace(line.Text))), FilePlaces.None);
    }

    public static RowSource ReadArray(Stream file)
    {
        Utf8File.Check(file);
        return new(Read(Items(file)), FilePlaces.None);
    }

    public static IEnumerable<(int Row, string Text)> Lines(Stream file)
    {
        file.Position = 0;
        using var text = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        for (var row = 1; text.ReadLine() is { } line; row++)
            yield return (row, line);
    }

    /// <summary>Item by item: an array of any length takes the memory of one record.</summary>
    /// <exception cref="SourceException">The array as a whole is at fault; also while items are read.</exception>
    public static IEnumerable<(int Row, string Text)> Items(Stream file)
    {
        file.Position = 0;
        var items = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(file).GetAsyncEnumerator();
        for (var row = 1; Next(items, row); row++)
            yield return (row, items.Current.GetRawText());
    }

    /// <summary>What says errors and nothing else is no record.</summary>
    private static IEnumerable<SourceRow> Read(IEnumerable<(int Row, string Text)> texts) =>
        texts.Select(each => Read(each.Row, Encoding.UTF8.GetBytes(each.Text))).Where(row => !(row.Json.Remove(Errors) && row.Json.Count == 0));

    /// <summary>The file is on this machine: waiting for it keeps nobody.</summary>
    private static bool Next(IAsyncEnumerator<JsonElement> items, int row)
    {
        try
        {
            return items.MoveNextAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (JsonException fault)
        {
            throw new SourceException(RowFault.Of(row, "malformed_json", new(
                FormattableString.Invariant(
                    $"The JSON breaks off or has a fault in line {(fault.LineNumber ?? 0) + 1}; expected an array of records."),
                FormattableString.Invariant($"JSON 在第 {(fault.LineNumber ?? 0) + 1} 行中断或有误；应为记录数组。"))));
        }
    }

    private static SourceRow Read(int row, byte[] utf8)
    {
        var faults = new List<RowFault>();
        try
        {
            var unfit = new ValidationContext();
            var json = JsonText.Read(utf8, unfit);
            faults.AddRange(unfit.Violations.Select(violation => FilePlaces.None.Fault(row, null, violation, null)));
            if (json is JObject record)
                return new(row, record, faults);
            faults.Add(RowFault.Of(row, "wrong_type", new("Expected an object.", "应为对象。"), null, FilePlaces.Shown(Json.Shown(json))));
        }
        catch (JsonFault fault)
        {
            faults.Add(RowFault.Of(row, "malformed_json", fault.Reason));
        }

        return new(row, [], faults);
    }
}
