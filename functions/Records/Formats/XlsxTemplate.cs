using FriendCity.Messages;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Records.Query;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Formats;

/// <summary>An empty workbook to fill in: the sheets of an export, with lists to pick codes from.</summary>
internal static class XlsxTemplate
{
    /// <summary>Holds what the lists offer; hidden, and no part of an import.</summary>
    public const string CodeSheet = "codes";

    private static readonly string[] Written = [SystemFields.Version, SystemFields.ChangedAt, SystemFields.Actor];

    public static void Write(Stream file, RecordType type, Language? language)
    {
        using var workbook = new XlsxWriter(file, new());
        var lists = new List<(CodeList Codes, string Heading)>();
        Sheet(RecordXlsx.SheetName(type.Label, type.Name, language), [.. TableColumn.Of(type)]);
        foreach (var column in TableColumn.Of(type))
            if (column.Entries is { } entry)
                Sheet(RecordXlsx.SheetName(column.Label, column.Name, language), [.. TableColumn.Of(entry)]);
        if (lists.Count > 0)
            WriteCodes(workbook, lists, language);
        workbook.Finish();

        void Sheet(string name, List<TableColumn> columns)
        {
            var headings = new TableHeadings(columns);
            workbook.BeginSheet(name, [.. columns.Where(column => column.Entries is null && !Written.Contains(column.Name))
                .Select(column => Column(headings.Of(column, language), column))]);
        }

        XlsxColumn Column(string heading, TableColumn column) => new(heading, column.Kind)
        {
            Choices = Choices(heading, column.Field?.Domain),
            OnlyChoices = column.Field?.Domain is not ValueDomain.List,
        };

        string? Choices(string heading, ValueDomain? domain)
        {
            if (domain is ValueDomain.Flag)
                return "\"TRUE,FALSE\"";
            if ((domain is ValueDomain.List list ? list.Item : domain) is not ValueDomain.Code { Codes: var codes })
                return null;
            var at = lists.FindIndex(each => each.Codes == codes);
            if (at < 0)
            {
                at = lists.Count;
                lists.Add((codes, heading));
            }

            var letters = XlsxWriter.Letters(at);
            return FormattableString.Invariant($"{CodeSheet}!${letters}$2:${letters}${codes.Count + 1}");
        }
    }

    private static void WriteCodes(XlsxWriter workbook, List<(CodeList Codes, string Heading)> lists, Language? language)
    {
        workbook.BeginSheet(CodeSheet, [.. lists.Select(list => new XlsxColumn(list.Heading, CellKind.Text))], isHidden: true);
        for (var row = 0; row < lists.Max(list => list.Codes.Count); row++)
            workbook.Row(CodeSheet, lists.Select(list => row < list.Codes.Count
                ? new TableCell(CodeNames.Of(list.Codes).Shown(list.Codes[row], language)) : default));
    }
}
