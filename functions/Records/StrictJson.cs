using System.Globalization;
using System.Text.Json;

namespace FriendCity.Records;

/// <summary>
/// Walks a body with System.Text.Json, which is strict where Newtonsoft.Json is lenient (comments, single quotes, NaN), and finds
/// what the latter would change unasked: halves of surrogate pairs and numbers beyond a decimal. Those are good JSON, but refused.
/// </summary>
internal static class StrictJson
{
    /// <exception cref="JsonException">This is not JSON.</exception>
    public static Violation? FirstUnfit(ReadOnlySpan<byte> utf8)
    {
        Violation? unfit = null;
        var place = new List<Level>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Json.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                place.RemoveAt(place.Count - 1);
                continue;
            }

            var text = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? Text(ref reader) : "";
            if (reader.TokenType == JsonTokenType.PropertyName)
                place[^1] = place[^1] with { Name = text ?? "\uFFFD" };
            else if (place.Count > 0)
                place[^1] = place[^1] with { Index = place[^1].Index + 1 };

            if (text is null)
                unfit ??= new Violation(Pointer(place), "bad_character", new("Half of a surrogate pair cannot be stored.", "不完整的代理对无法保存。"));
            else if (reader.TokenType == JsonTokenType.Number && !reader.TryGetDecimal(out _))
                unfit ??= new Violation(Pointer(place), "out_of_range", new("The number is too large.", "数值过大。"));
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                place.Add(new Level(reader.TokenType == JsonTokenType.StartArray, "", -1));
        }

        return unfit;
    }

    /// <summary>Null when an escape stands for half of a pair.</summary>
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Pointer(IEnumerable<Level> place) =>
        string.Concat(place.Select(level => level.IsList ? string.Create(CultureInfo.InvariantCulture, $"/{level.Index}") : "/" + Json.Escape(level.Name)));

    /// <summary>An open object at a name, or an open list at an index.</summary>
    private readonly record struct Level(bool IsList, string Name, int Index);
}
