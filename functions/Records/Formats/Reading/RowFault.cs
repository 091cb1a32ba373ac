using FriendCity.Messages;

namespace FriendCity.Records.Formats.Reading;

/// <summary>What is wrong in a file, and where.</summary>
/// <param name="Row">As a spreadsheet counts its rows; the line of NDJSON, the item of an array, from 1. 0 for the file as a whole.</param>
/// <param name="Sheet">Of a workbook; null for other files.</param>
/// <param name="Column">The heading, or the pointer where there are no headings.</param>
/// <param name="Value">What stands there, shortened; null where it is a matter of no value.</param>
internal sealed record RowFault(int Row, string? Sheet, string? Column, string Pointer, string Rule, string? Value, Text Message)
{
    public static RowFault Of(int row, string rule, Text message, string? column = null, string? value = null, string? sheet = null) =>
        new(row, sheet, column, "", rule, value, message);
}

/// <summary>The file cannot be taken, whatever its rows say.</summary>
internal sealed class SourceException(IReadOnlyList<RowFault> faults) : Exception(faults[0].Message.En)
{
    public SourceException(RowFault fault)
        : this([fault])
    {
    }

    public IReadOnlyList<RowFault> Faults => faults;
}
