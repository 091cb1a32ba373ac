using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;
using FriendCity.Registry;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>What was planned: targets with their periods, mechanisms with yearly events, platforms with the cities in them.</summary>
internal static class PlanSection
{
    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        var attained = TargetKpis.Attainment.Figures(context).ToLookup(figure => figure.Dimension!.Value.Value);
        writer.List("targets", context.Of(Target.Type), target =>
        {
            var (whole, pace) = (attained[target.Id].First(figure => figure.Measure == "attainment"),
                attained[target.Id].First(figure => figure.Measure == "pace"));
            writer.Json.WriteString("id", target.Id);
            writer.Json.WriteString("kpi", target.KpiId);
            writer.Text("name", KpiCatalogue.Find(target.KpiId)?.Name ?? new(target.KpiId, target.KpiId));
            writer.Number("actual", whole.Numerator);
            writer.Number("target", whole.Denominator);
            writer.Number("planned", pace.Denominator);
            writer.Number("pace", pace.Value);
            writer.Json.WriteBoolean("share", KpiCatalogue.Find(target.KpiId)?.Unit == "ratio" && target.Part is null);
            writer.Json.WriteString("status", target.Status);
            writer.Day("end", target.PeriodEnd);
            writer.Json.WriteBoolean("ended", target.PeriodEnd < context.AsOf);
        });
        var regular = MechanismKpis.Regularity.Figures(context).Where(figure => figure.Measure == "regularity")
            .ToDictionary(figure => figure.Dimension!.Value.Value);
        writer.List("mechanisms", context.Of(Mechanism.Type), mechanism =>
        {
            writer.Json.WriteString("id", mechanism.Id);
            writer.Text("name", mechanism.NameEn, mechanism.NameZh);
            writer.Number("held", regular[mechanism.Id].Numerator);
            writer.Number("planned", regular[mechanism.Id].Denominator);
            writer.Day("first", mechanism.FirstDate);
        });
        var elements = PlatformElement.On(context).Where(element => context.InScope(element.CityId)).ToLookup(element => element.Platform.Id);
        writer.List("platforms", PlatformElement.Platforms(context), platform =>
        {
            writer.Json.WriteString("id", platform.Id);
            writer.Text("name", platform.NameEn, platform.NameZh);
            writer.Texts("cityIds", elements[platform.Id].Select(element => element.CityId).Distinct());
        });
    }
}
