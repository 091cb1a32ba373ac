using FriendCity.Kpis.Definitions;
using FriendCity.Registry;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>Which agreements ask for a decision, and until when: those overdue first, those without a known term last.</summary>
internal static class AgreementSection
{
    private const int Told = 20;

    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        var due = AgreementKpis.Due.Figures(context)[0].Items!.Select(id => context.Get(Agreement.Type, id)!)
            .OrderBy(agreement => Until(agreement) ?? DateOnly.MaxValue).ThenBy(agreement => agreement.Id, StringComparer.Ordinal).Take(Told);
        writer.List("agreements", due, agreement =>
        {
            writer.Json.WriteString("id", agreement.Id);
            writer.Text("title", agreement.TitleEn, agreement.TitleZh);
            writer.Json.WriteString("state", AgreementKpis.State(agreement, context.AsOf));
            writer.Day("signed", agreement.SignedOn);
            writer.Day("until", Until(agreement));
        });
    }

    /// <summary>The earlier of its end and its review.</summary>
    private static DateOnly? Until(Agreement agreement) =>
        agreement.End is { } end && !(agreement.ReviewOn < end) ? end : agreement.ReviewOn;
}
