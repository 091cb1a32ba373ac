using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>Who is tied, since when, at which stage and by which document; and how long each city has been silent.</summary>
internal static class TieSection
{
    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        var last = context.Of(Activity.Type).Where(activity => activity.Day <= context.AsOf)
            .SelectMany(activity => activity.CityIds.Select(city => (City: city, Activity: activity)))
            .GroupBy(each => each.City, each => each.Activity).ToDictionary(city => city.Key, city => city.MaxBy(activity => activity.Day)!);
        var silent = DormancyKpis.Dormant.Figures(context)[0].Items!.ToHashSet();
        var ties = CityRelationship.On(context, context.AsOf)
            .OrderByDescending(tie => StageEvent.Stages.IndexOf(tie.Stage.Stage)).ThenBy(tie => tie.Stage.Day)
            .ThenBy(tie => tie.Relationship.Id, StringComparer.Ordinal);
        writer.List("ties", ties, tie =>
        {
            writer.Json.WriteString("id", tie.Relationship.Id);
            writer.Json.WriteString("cityId", tie.City.Id);
            writer.Json.WriteString("stage", tie.Stage.Stage);
            writer.Day("since", tie.Stage.Day);
            writer.Json.WriteBoolean("illustrative", tie.Row.Source == Provenance.Illustrative);
            writer.Json.WriteBoolean("silent", silent.Contains(tie.City.Id));
            writer.Day("lastActivity", last.GetValueOrDefault(tie.City.Id)?.Day);
            writer.Json.WriteString("lastActivityId", last.GetValueOrDefault(tie.City.Id)?.Id);
            writer.List("steps", tie.Relationship.Stages.Where(stage => stage.Day <= context.AsOf && context.Counts(stage)),
                stage => Step(writer, stage));
        });
    }

    private static void Step(SectionWriter writer, StageEvent stage)
    {
        writer.Json.WriteString("stage", stage.Stage);
        writer.Day("date", stage.Day);
        writer.Json.WriteString("precision", stage.DatePrecision ?? "day");
        writer.Json.WriteString("document", stage.DocumentType);
        writer.Json.WriteString("source", stage.Source);
        writer.Json.WriteString("sourceRef", stage.SourceRef);
    }
}
