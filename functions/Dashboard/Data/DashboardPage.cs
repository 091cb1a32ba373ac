using System.Text.Json;
using FriendCity.Dashboard.Data.Sections;
using FriendCity.Http;
using FriendCity.Kpis.Api;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Reports;

namespace FriendCity.Dashboard.Data;

/// <summary>What is asked for, and how it is written: a member for each panel.</summary>
/// <param name="Today">The office's day: the slider's end where the view has none of its own.</param>
internal sealed record DashboardPage(KpiRequest Asked, DateOnly Today, Language Language)
{
    public void Write(Utf8JsonWriter json, KpiContext context)
    {
        var writer = new SectionWriter(json, context, Language);
        json.WriteStartObject();
        json.WriteString("view", Asked.View.Name);
        json.WriteString("language", Languages.Tag(Language));
        json.WriteString("asOf", KpiJson.Day(Asked.AsOf));
        json.WriteString("today", KpiJson.Day(Today));
        KpiJson.Question(json, Asked);
        writer.Text("scopeName", Words.Scope(context));
        json.WriteNumber("scopeSize", context.Countries.Count);
        FigureSection.Write(writer);
        TieSection.Write(writer);
        PlaceSection.Write(writer);
        TimeSection.Write(writer, Asked.View.AsOf ?? Today);
        ProjectSection.Write(writer);
        ActivitySection.Write(writer);
        PlanSection.Write(writer);
        MatchSection.Write(writer);
        AlertSection.Write(writer);
        AgreementSection.Write(writer);
        QualitySection.Write(writer);
        json.WriteEndObject();
    }
}
