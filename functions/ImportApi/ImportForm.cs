using FriendCity.Records;
using FriendCity.Records.Formats.Marking;
using FriendCity.Records.Formats.Reading;
using FriendCity.RecordsApi.Exports;

namespace FriendCity.ImportApi;

/// <summary>What a file may be: how its records are read, and how it is given back with what is wrong with them.</summary>
internal sealed record ImportForm(FileFormat Format, Func<RecordType, Stream, RowSource> Open, Action<Stream, Stream, IReadOnlyList<RowFault>> Mark)
{
    public static readonly IReadOnlyList<ImportForm> All =
    [
        new(FileFormat.Csv, CsvRows.Read, CsvMarks.Write),
        new(FileFormat.Ndjson, (_, file) => JsonRows.ReadLines(file), JsonMarks.WriteLines),
        new(FileFormat.Json, (_, file) => JsonRows.ReadArray(file), JsonMarks.WriteArray),
        new(FileFormat.Xlsx, XlsxRows.Read, XlsxMarks.Write),
    ];

    /// <exception cref="FormatException">There is none of that name.</exception>
    public static ImportForm Of(string name) =>
        All.FirstOrDefault(form => form.Format.Name == name) ?? throw new FormatException($"There is no format '{name}'.");
}
