using System.Text.Json;
using FriendCity.Http;
using FriendCity.Kpis.Api;
using FriendCity.Messages;

namespace FriendCity.Reports;

/// <summary>The briefing for programs: each sentence with the figures it rests on, in one language.</summary>
internal static class BriefingJson
{
    public static void Write(Utf8JsonWriter writer, Briefing briefing, KpiRequest asked, Language language)
    {
        writer.WriteStartObject();
        writer.WriteString("title", briefing.Title.In(language));
        writer.WriteString("language", Languages.Tag(language));
        writer.WriteString("asOf", KpiJson.Day(asked.AsOf));
        KpiJson.Question(writer, asked);
        writer.WriteString("warning", briefing.Warning?.In(language));
        writer.WriteStartArray("sections");
        foreach (var section in briefing.Sections)
        {
            writer.WriteStartObject();
            writer.WriteString("title", section.Title.In(language));
            writer.WriteStartArray("sentences");
            foreach (var sentence in section.Sentences)
                Write(writer, sentence, language);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, BriefingSentence sentence, Language language)
    {
        writer.WriteStartObject();
        writer.WriteString("id", sentence.Id);
        writer.WriteString("text", sentence.Text.In(language));
        writer.WriteString("note", Briefing.Note(sentence, language));
        writer.WriteNumber("illustrative", sentence.Illustrative);
        writer.WriteStartArray("figures");
        foreach (var value in sentence.Values)
            KpiJson.Write(writer, value, language);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
