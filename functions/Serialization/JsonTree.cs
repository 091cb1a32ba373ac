using System.Globalization;
using System.Text;
using System.Text.Json;
using FriendCity.Messages;
using Newtonsoft.Json.Linq;

namespace FriendCity.Serialization;

/// <summary>
/// Makes the tree of a JSON text (RFC 8259): strict, no name twice in an object, at most 64 deep. A number of at most 64 bits is an integer;
/// every other stays the literal it was, as <see cref="JRaw"/>, because only the field it is for knows what of it can be kept.
/// </summary>
internal static class JsonTree
{
    private const string Replacement = "\uFFFD";

    /// <param name="unfit">Takes halves of surrogate pairs, which are good JSON and cannot be stored; without it they are a fault.</param>
    /// <param name="lines">Whether items of the root, and of lists right below it, know their line, see <see cref="LineOf"/>.</param>
    /// <exception cref="JsonFault">This is not JSON.</exception>
    public static JToken Read(ReadOnlySpan<byte> utf8, ValidationContext? unfit = null, bool lines = false)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Json.MaxDepth });
        try
        {
            return Read(ref reader, utf8, unfit, lines);
        }
        catch (System.Text.Json.JsonException fault)
        {
            throw Fault("The JSON breaks off or has a fault here.", "JSON 在此处中断或有误。",
                Place(utf8, fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0));
        }
    }

    /// <summary>The line of an item of the root, from 1.</summary>
    public static int LineOf(JToken item) => item.Annotation<LineNumber>()?.Line ?? 1;

    /// <summary>Line and column as people count them, in characters, of the byte so many lines and bytes from the start.</summary>
    public static (int Line, int Column) Place(ReadOnlySpan<byte> utf8, long lines, long bytes)
    {
        var rest = utf8;
        for (var line = 0L; line < lines; line++)
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        var before = utf8[..(utf8.Length - rest.Length + (int)bytes)];
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }

    private static JToken Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ValidationContext? unfit, bool lines)
    {
        JToken? root = null;
        JContainer? inside = null;
        string? name = null;
        var (line, counted) = (1, 0);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    inside = inside!.Parent is JProperty { Parent: { } holder } ? holder : inside.Parent;
                    continue;
                case JsonTokenType.PropertyName:
                    name = Text(ref reader, utf8, inside, null, unfit);
                    if (((JObject)inside!).ContainsKey(name))
                        throw Fault("The same name stands here a second time.", "此处名称重复。", Place(utf8, 0, reader.BytesConsumed - 1));
                    continue;
            }

            var value = Value(ref reader, utf8, inside, name, unfit);
            if (lines && inside is not null && (inside == root || inside.Parent?.Parent == root))
            {
                line += utf8[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
                counted = (int)reader.TokenStartIndex;
                value.AddAnnotation(new LineNumber(line));
            }

            if (inside is JObject)
                inside.Add(new JProperty(name!, value));
            else
                inside?.Add(value);
            root ??= value;
            inside = value as JContainer ?? inside;
        }

        return root!;
    }

    private static JToken Value(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, JContainer? inside, string? name, ValidationContext? unfit) => reader.TokenType switch
        {
            JsonTokenType.StartObject => new JObject(),
            JsonTokenType.StartArray => new JArray(),
            JsonTokenType.String => new JValue(Text(ref reader, utf8, inside, name, unfit)),
            JsonTokenType.True => new JValue(true),
            JsonTokenType.False => new JValue(false),
            JsonTokenType.Null => JValue.CreateNull(),
            _ when reader.TryGetInt64(out var number) => new JValue(number),
            _ => new JRaw(Encoding.UTF8.GetString(reader.ValueSpan)),
        };

    private static string Text(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, JContainer? inside, string? name, ValidationContext? unfit)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            if (unfit is null)
                throw Fault("Half of a surrogate pair stands here.", "此处有不完整的代理对。", Place(utf8, 0, reader.TokenStartIndex));
            var own = inside is JObject ? name ?? Replacement : inside?.Count.ToString(CultureInfo.InvariantCulture);
            var pointer = own is null ? Pointer(inside) : $"{Pointer(inside)}/{Json.Escape(own)}";
            unfit.Refuse(pointer, "bad_character", "Half of a surrogate pair cannot be stored.", "不完整的代理对无法保存。");
            return Replacement;
        }
    }

    /// <summary>Where a container stands whose siblings after it are still to come.</summary>
    private static string Pointer(JToken? token) => token?.Parent switch
    {
        JProperty property => $"{Pointer(property.Parent)}/{Json.Escape(property.Name)}",
        JArray array => string.Create(CultureInfo.InvariantCulture, $"{Pointer(array)}/{array.Count - 1}"),
        _ => "",
    };

    private static JsonFault Fault(string en, string zh, (int Line, int Column) at) => new(new(en, zh), at.Line, at.Column);

    private sealed record LineNumber(int Line);
}
