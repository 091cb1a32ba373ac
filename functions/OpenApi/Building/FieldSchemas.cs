using System.Globalization;
using System.Text.Json.Nodes;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Building;

/// <summary>In which body a field stands.</summary>
internal enum Use
{
    /// <summary>As the registry answers it: lists are there, empty at least.</summary>
    Answer,

    /// <summary>As it is sent: null empties what is not required.</summary>
    Sent,
}

/// <summary>The schemas of fields, from what the record definitions say of them.</summary>
internal sealed class FieldSchemas(Components components)
{
    /// <summary>An entry's place; each entry is described once for answers and once for bodies.</summary>
    private static readonly Text ListNote = new("The list as JSON takes at most 32,768 characters.", "整个列表的 JSON 最多 32768 个字符。");

    public Dictionary<string, IOpenApiSchema> Of(IEnumerable<Field> fields, Use use) =>
        fields.ToDictionary(field => field.Name, field => (IOpenApiSchema)Of(field, use));

    private OpenApiSchema Of(Field field, Use use)
    {
        var nullable = !field.Required && (use == Use.Sent || field.Domain is not ValueDomain.List);
        var schema = Of(field.Domain, nullable, use);
        schema.Title = field.Label.En;
        schema.Description = Describe(field, schema.Description);
        schema.With("x-title-zh", field.Label.Zh);
        if (field.Unit is { } unit)
            schema.With("x-unit", SchemaKit.Both(unit));
        if (field.IsPersonal)
            schema.With("x-personal-data", true);
        return schema;
    }

    private static string Describe(Field field, string? more)
    {
        var text = SchemaKit.Both(field.Label);
        if (field.Unit is { } unit)
            text += $" ({SchemaKit.Both(unit)})";
        if (field.IsPersonal)
            text += ". Personal data · 个人信息";
        return more is null ? text : $"{text}. {more}";
    }

    private OpenApiSchema Of(ValueDomain domain, bool nullable, Use use) => domain switch
    {
        ValueDomain.Text text => Text(text.MaxLength, nullable),
        ValueDomain.Code code => Code(code.Codes, nullable),
        ValueDomain.Reference reference => Id(nullable, SchemaKit.Both(new($"Id of a record of {reference.Type}", $"{reference.Type} 记录的编号")))
            .With("x-references", reference.Type),
        ValueDomain.Integer whole => Bounded(JsonSchemaType.Integer, "int64", nullable, Plain(whole.Min), Plain(whole.Max)),
        ValueDomain.Ratio ratio => Bounded(JsonSchemaType.Number, "double", nullable, Plain(ratio.Min), Plain(ratio.Max)),
        ValueDomain.Money money => Money(money, nullable),
        ValueDomain.Date => SchemaKit.Day(nullable: nullable),
        ValueDomain.Flag => SchemaKit.Flag(nullable: nullable),
        ValueDomain.List list => List(list, nullable, use),
        ValueDomain.Entry => throw new InvalidOperationException("Entries stand in lists."),
        _ => throw new InvalidOperationException($"No schema for {domain.GetType().Name}."),
    };

    private static OpenApiSchema Text(int maxLength, bool nullable)
    {
        var schema = SchemaKit.String(nullable: nullable);
        (schema.MinLength, schema.MaxLength) = (1, maxLength);
        return schema;
    }

    private static OpenApiSchema Code(CodeList codes, bool nullable) => SchemaKit.Word(codes, nullable: nullable)
        .With("x-enumDescriptions", new JsonObject(codes.Select(code =>
            KeyValuePair.Create(code, (JsonNode?)SchemaKit.Both(codes.Label(code)!)))));

    public static OpenApiSchema Id(bool nullable, string about)
    {
        var schema = Text(RecordId.MaxLength, nullable);
        (schema.Pattern, schema.Description) = ("^[A-Za-z0-9_-]{1,64}$", about);
        return schema;
    }

    private static OpenApiSchema Money(ValueDomain.Money money, bool nullable)
    {
        var schema = Bounded(JsonSchemaType.Number, "decimal", nullable, "0", null);
        schema.ExclusiveMaximum = Plain(money.Below);
        schema.Description = SchemaKit.Both(new($"At most {money.Decimals} digits after the point", $"最多 {money.Decimals} 位小数"));
        return schema.With("x-decimals", money.Decimals);
    }

    private OpenApiSchema List(ValueDomain.List list, bool nullable, Use use)
    {
        var schema = SchemaKit.List(list.Item is ValueDomain.Entry entry ? Entry(entry, use) : Of(list.Item, nullable: false, use));
        schema.Type = nullable ? JsonSchemaType.Array | JsonSchemaType.Null : JsonSchemaType.Array;
        schema.UniqueItems = list.Distinct ? true : null;
        schema.Description = SchemaKit.Both(ListNote);
        return schema;
    }

    public IOpenApiSchema EntryPatch(ValueDomain.Entry entry) => components.Schema($"{entry.Name}Patch", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Properties = Of(entry.Fields, Use.Sent),
        AdditionalPropertiesAllowed = false,
    });

    public IOpenApiSchema Entry(ValueDomain.Entry entry, Use use) =>
        components.Schema(use == Use.Answer ? entry.Name : $"{entry.Name}Input", () => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = Of(entry.Fields, use),
            Required = entry.Fields.Where(field => use == Use.Answer || field.Required).Select(field => field.Name).ToHashSet(),
            AdditionalPropertiesAllowed = use == Use.Answer,
        });

    private static OpenApiSchema Bounded(JsonSchemaType type, string format, bool nullable, string min, string? max) => new()
    {
        Type = nullable ? type | JsonSchemaType.Null : type,
        Format = format,
        Minimum = min,
        Maximum = max,
    };

    private static string Plain(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
