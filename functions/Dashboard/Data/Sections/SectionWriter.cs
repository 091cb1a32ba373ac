using System.Text.Json;
using FriendCity.Kpis.Api;
using FriendCity.Kpis.Model;
using FriendCity.Messages;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>JSON in one language, with what all sections write alike.</summary>
internal sealed record SectionWriter(Utf8JsonWriter Json, KpiContext Context, Language Language)
{
    public void Text(string name, Text text) => Json.WriteString(name, text.In(Language));

    public void Text(string name, string en, string zh) => Json.WriteString(name, Language == Language.Chinese ? zh : en);

    public void Day(string name, DateOnly? day) => Json.WriteString(name, day is { } known ? KpiJson.Day(known) : null);

    public void Number(string name, double? value) => KpiJson.Number(Json, name, value);

    public void Texts(string name, IEnumerable<string> texts)
    {
        Json.WriteStartArray(name);
        foreach (var text in texts)
            Json.WriteStringValue(text);
        Json.WriteEndArray();
    }

    /// <summary>A member that is a list of objects.</summary>
    public void List<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        Json.WriteStartArray(name);
        foreach (var item in items)
        {
            Json.WriteStartObject();
            write(item);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
    }

    /// <summary>A member that is an object.</summary>
    public void Object(string name, Action write)
    {
        Json.WriteStartObject(name);
        write();
        Json.WriteEndObject();
    }
}
