using System.Globalization;
using System.Text.Json.Nodes;
using FriendCity.Messages;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Building;

/// <summary>Makes the schemas that the document is made of; descriptions say the same in English and Chinese.</summary>
internal static class SchemaKit
{
    /// <summary>Both languages as one text, with the sign between them that the page shows.</summary>
    public static string Both(Text text) => $"{text.En} · {text.Zh}";

    public static OpenApiSchema String(Text? about = null, string? format = null, bool nullable = false) =>
        Typed(JsonSchemaType.String, about, nullable, format);

    public static OpenApiSchema Day(Text? about = null, bool nullable = false) => String(about, "date", nullable);

    public static OpenApiSchema Instant(Text? about = null, bool nullable = false) => String(about, "date-time", nullable);

    public static OpenApiSchema Number(Text? about = null, bool nullable = false) => Typed(JsonSchemaType.Number, about, nullable, "double");

    public static OpenApiSchema Count(Text? about = null)
    {
        var schema = Typed(JsonSchemaType.Integer, about, nullable: false, "int64");
        schema.Minimum = "0";
        return schema;
    }

    public static OpenApiSchema Integer(long min, long max, long standard, Text? about = null)
    {
        var schema = Typed(JsonSchemaType.Integer, about, nullable: false, "int32");
        (schema.Minimum, schema.Maximum) = (min.ToString(CultureInfo.InvariantCulture), max.ToString(CultureInfo.InvariantCulture));
        schema.Default = standard;
        return schema;
    }

    public static OpenApiSchema Flag(Text? about = null, bool nullable = false) => Typed(JsonSchemaType.Boolean, about, nullable, null);

    /// <summary>One of a few words.</summary>
    public static OpenApiSchema Word(IEnumerable<string> words, Text? about = null, bool nullable = false)
    {
        var schema = String(about, nullable: nullable);
        schema.Enum = [.. words.Select(word => (JsonNode)JsonValue.Create(word))];
        if (nullable)
            schema.Enum.Add(JsonNullSentinel.JsonNull);
        return schema;
    }

    public static OpenApiSchema List(IOpenApiSchema item, Text? about = null)
    {
        var schema = Typed(JsonSchemaType.Array, about, nullable: false, null);
        schema.Items = item;
        return schema;
    }

    /// <summary>An object with members of any name.</summary>
    public static OpenApiSchema Map(IOpenApiSchema? value, Text? about = null)
    {
        var schema = Typed(JsonSchemaType.Object, about, nullable: false, null);
        schema.AdditionalProperties = value ?? new OpenApiSchema();
        return schema;
    }

    /// <summary>An object whose members are always there, but for those whose name ends in <c>?</c>.</summary>
    public static OpenApiSchema Object(Text? about, params (string Name, IOpenApiSchema Schema)[] members)
    {
        var schema = Typed(JsonSchemaType.Object, about, nullable: false, null);
        schema.Properties = members.ToDictionary(member => member.Name.TrimEnd('?'), member => member.Schema);
        schema.Required = members.Where(member => !member.Name.EndsWith('?')).Select(member => member.Name).ToHashSet();
        return schema;
    }

    /// <summary>
    /// The schema, or null. Where it is no component, null is one of its types: of a choice of two, generators make a class without its members.
    /// </summary>
    public static OpenApiSchema OrNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema { Type: { } type } own)
            return new() { AnyOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] };
        own.Type = type | JsonSchemaType.Null;
        return own;
    }

    /// <summary>The same schema with an extension, such as a unit.</summary>
    public static T With<T>(this T schema, string extension, JsonNode value)
        where T : IOpenApiExtensible
    {
        schema.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        schema.Extensions[extension] = new JsonNodeExtension(value);
        return schema;
    }

    private static OpenApiSchema Typed(JsonSchemaType type, Text? about, bool nullable, string? format) => new()
    {
        Type = nullable ? type | JsonSchemaType.Null : type,
        Format = format,
        Description = about is null ? null : Both(about),
    };
}
