using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Serialization;

namespace FriendCity.Snapshots.Contracts;

/// <summary>
/// What readers may rely on, published beside the snapshots: the tables and columns of a major version as JSON, and the same as a
/// dictionary for people. Within a major version columns are only appended, and appended ones may be null.
/// </summary>
internal static class SnapshotContract
{
    public const string SchemaFile = "schema.json";
    public const string DictionaryFile = "dictionary.csv";

    private static readonly Columns<(SnapshotTable Table, Column Column, int Position)> C = new();

    private static SnapshotTable<(SnapshotTable Table, Column Column, int Position)> Dictionary(int major) => new(
        "dictionary", new("Data dictionary", "数据字典"), ["table_name", "column_name"],
    [
        C.Text("table_name", "Table", "表", r => r.Table.Name),
        C.Text("table_label_en", "Table in English", "表(英文)", r => r.Table.Label.En),
        C.Text("table_label_zh", "Table in Chinese", "表(中文)", r => r.Table.Label.Zh),
        C.Integer("position", "Position of the column, from 1", "列序号(自 1 起)", r => r.Position),
        C.Text("column_name", "Column", "列", r => r.Column.Name),
        C.Text("type", "Type", "类型", r => TypeOf(r.Column)),
        C.Flag("nullable", "Whether cells may be empty", "可否为空", r => r.Column.Nullable),
        C.Flag("in_key", "Whether it is part of the key", "是否属于主键", r => r.Table.Key.Contains(r.Column.Name)),
        C.Text("unit", "Unit", "单位", r => r.Column.Unit, nullable: true),
        C.Text("description_en", "Meaning in English", "含义(英文)", r => r.Column.Description.En),
        C.Text("description_zh", "Meaning in Chinese", "含义(中文)", r => r.Column.Description.Zh),
    ],
    _ => SnapshotMajors.TablesOf(major).SelectMany(table => table.Columns.Select((column, index) => (table, column, index + 1))));

    public static string TypeOf(Column column) => column.Type.ToString().ToLowerInvariant();

    /// <summary>Indented: people compare it from version to version.</summary>
    public static byte[] Schema(int major)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Json.Writing with { Indented = true, NewLine = "\n" }))
            Write(writer, major);
        return stream.ToArray();
    }

    public static byte[] DictionaryCsv(int major)
    {
        var table = Dictionary(major);
        return SnapshotFormat.Csv.Bytes(table, table.Rows(null!).OfType<object?[]>(), "");
    }

    /// <summary>A table's key and columns as the contract and each manifest show them.</summary>
    public static void Write(Utf8JsonWriter writer, SnapshotTable table)
    {
        writer.WriteStartArray("key");
        foreach (var column in table.Key)
            writer.WriteStringValue(column);
        writer.WriteEndArray();
        writer.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", TypeOf(column));
            writer.WriteBoolean("nullable", column.Nullable);
            writer.WriteString("unit", column.Unit);
            Write(writer, "description", column.Description);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, int major)
    {
        writer.WriteStartObject();
        writer.WriteNumber("schemaMajor", major);
        writer.WriteStartObject("tables");
        foreach (var table in SnapshotMajors.TablesOf(major))
        {
            writer.WriteStartObject(table.Name);
            Write(writer, "label", table.Label);
            Write(writer, table);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, Text text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("en", text.En);
        writer.WriteString("zh", text.Zh);
        writer.WriteEndObject();
    }
}
