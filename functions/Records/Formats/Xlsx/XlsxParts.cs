using System.Globalization;
using System.Xml;

namespace FriendCity.Records.Formats.Xlsx;

/// <summary>The parts of a workbook that are the same in all, or follow from the names of its sheets.</summary>
internal static class XlsxParts
{
    public const string TextStyle = "1";
    public const string DateStyle = "2";
    public const string HeadingStyle = "3";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Media = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>Format 49 is text: what is typed into such a cell stays as it was typed.</summary>
    private const string Styles = """
        <numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
        <fonts count="2"><font/><font><b/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="4"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="49" fontId="1"
        applyNumberFormat="1" applyFont="1"/></cellXfs>
        """;

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The headings stay in sight.</summary>
    public static void WriteView(XmlWriter xml)
    {
        xml.WriteStartElement("sheetViews", Main);
        xml.WriteStartElement("sheetView", Main);
        xml.WriteAttributeString("workbookViewId", "0");
        Empty(xml, "pane", Main, ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <param name="number">From 1.</param>
    public static void WriteColumn(XmlWriter xml, int number, XlsxColumn column)
    {
        var style = column.Kind switch
        {
            CellKind.Text or CellKind.Decimal => TextStyle,
            CellKind.Date => DateStyle,
            _ => "0",
        };
        Empty(xml, "col", Main, ("min", Number(number)), ("max", Number(number)), ("width", column.Kind == CellKind.Text ? "20" : "14"),
            ("style", style), ("customWidth", "1"));
    }

    /// <summary>What cells of a column can be picked from, below the heading.</summary>
    public static void WriteChoices(XmlWriter xml, IReadOnlyList<XlsxColumn> columns)
    {
        var lists = columns.Select((column, i) => (column, letters: XlsxWriter.Letters(i))).Where(each => each.column.Choices is not null).ToList();
        if (lists.Count == 0)
            return;
        xml.WriteStartElement("dataValidations", Main);
        xml.WriteAttributeString("count", Number(lists.Count));
        foreach (var (column, letters) in lists)
        {
            xml.WriteStartElement("dataValidation", Main);
            xml.WriteAttributeString("type", "list");
            xml.WriteAttributeString("allowBlank", "1");
            xml.WriteAttributeString("showErrorMessage", column.OnlyChoices ? "1" : "0");
            xml.WriteAttributeString("sqref", $"{letters}2:{letters}{Number(new XlsxLimits().Rows)}");
            xml.WriteElementString("formula1", Main, column.Choices);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <param name="part">Begins the part of that name.</param>
    public static void WriteBook(IReadOnlyList<(string Name, bool IsHidden)> sheets, Func<string, XmlWriter> part)
    {
        using (var xml = part("xl/styles.xml"))
        {
            xml.WriteStartElement("styleSheet", Main);
            xml.WriteRaw(Styles);
            xml.WriteEndElement();
        }

        using (var xml = part("xl/workbook.xml"))
        {
            xml.WriteStartElement("workbook", Main);
            xml.WriteStartElement("bookViews", Main);
            Empty(xml, "workbookView", Main);
            xml.WriteEndElement();
            xml.WriteStartElement("sheets", Main);
            for (var i = 1; i <= sheets.Count; i++)
            {
                xml.WriteStartElement("sheet", Main);
                xml.WriteAttributeString("name", sheets[i - 1].Name);
                xml.WriteAttributeString("sheetId", Number(i));
                if (sheets[i - 1].IsHidden)
                    xml.WriteAttributeString("state", "hidden");
                xml.WriteAttributeString("r", "id", Office, $"rId{Number(i)}");
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        using (var xml = part("xl/_rels/workbook.xml.rels"))
            WriteRelations(xml, [.. sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{Number(i + 1)}.xml")), ("styles", "styles.xml")]);
        using (var xml = part("_rels/.rels"))
            WriteRelations(xml, [("officeDocument", "xl/workbook.xml")]);
        using (var xml = part("[Content_Types].xml"))
            WriteTypes(xml, sheets.Count);
    }

    private static void WriteRelations(XmlWriter xml, (string Kind, string Target)[] relations)
    {
        xml.WriteStartElement("Relationships", Relations);
        for (var i = 0; i < relations.Length; i++)
            Empty(xml, "Relationship", Relations, ("Id", $"rId{Number(i + 1)}"), ("Type", $"{Office}/{relations[i].Kind}"),
                ("Target", relations[i].Target));
        xml.WriteEndElement();
    }

    private static void WriteTypes(XmlWriter xml, int sheets)
    {
        xml.WriteStartElement("Types", Types);
        Empty(xml, "Default", Types, ("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"));
        Empty(xml, "Default", Types, ("Extension", "xml"), ("ContentType", "application/xml"));
        Empty(xml, "Override", Types, ("PartName", "/xl/workbook.xml"), ("ContentType", $"{Media}sheet.main+xml"));
        Empty(xml, "Override", Types, ("PartName", "/xl/styles.xml"), ("ContentType", $"{Media}styles+xml"));
        for (var i = 1; i <= sheets; i++)
            Empty(xml, "Override", Types, ("PartName", $"/xl/worksheets/sheet{Number(i)}.xml"), ("ContentType", $"{Media}worksheet+xml"));
        xml.WriteEndElement();
    }

    private static void Empty(XmlWriter xml, string name, string space, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name, space);
        foreach (var (attribute, value) in attributes)
            xml.WriteAttributeString(attribute, value);
        xml.WriteEndElement();
    }
}
