using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>What the report names outside of its pages: the model's fields, the model itself, pictures, other pages.</summary>
internal static class ReportBinding
{
    public static IEnumerable<string> Faults(ReportFolder report, ReportModel model) =>
    [
        .. Links(report),
        .. report.Pages().SelectMany(page => Fields(page.Title, page.Json, model)
            .Concat(page.Visuals.SelectMany(visual => Visual($"{page.Title}: {visual.Title}", visual.Json, model)))),
        .. Pictures(report),
    ];

    private static IEnumerable<string> Links(ReportFolder report)
    {
        var model = (string?)report.Json("definition.pbir").SelectToken("datasetReference.byPath.path") ?? "";
        if (!File.Exists(Path.Combine(report.Folder, model, "definition.pbism")))
            yield return $"definition.pbir names no model: {model}";
    }

    private static IEnumerable<string> Visual(string place, JObject visual, ReportModel model)
    {
        var projections = visual.SelectTokens("visual.query.queryState.*.projections[*]").ToList();
        var references = projections.Select(projection => (string?)projection["queryRef"]).ToList();
        return
        [
            .. Fields(place, visual, model),
            .. projections.Where(projection => FieldUse.In(projection).ToList() is var fields
                    && (string?)projection["queryRef"] != (projection.SelectToken("field.SparklineData") is null
                        ? $"{fields[0].Table}.{fields[0].Name}"
                        : $"SparklineData({fields[0].Table}.{fields[0].Name}_[{fields[1].Table}.{fields[1].Name}])"))
                .Select(projection => $"{place}: {projection["queryRef"]} is not called after its field"),
            .. references.Concat(projections.Select(projection => $"{projection["nativeQueryRef"]}, as a native reference,"))
                .GroupBy(reference => reference).Where(group => group.Count() > 1).Select(group => $"{place}: {group.Key} stands twice"),
            .. visual.SelectTokens("$..selector.metadata").Select(selector => (string?)selector).Except(references)
                .Select(selector => $"{place}: formats {selector}, which it does not show"),
        ];
    }

    private static IEnumerable<string> Fields(string place, JToken part, ReportModel model) =>
        FieldUse.In(part).Distinct().Where(field => !model.Has(field))
            .Select(field => $"{place}: the model has no {field.Kind} {field.Table}.{field.Name}");

    // A picture that is registered but missing keeps Desktop from opening; one that is not registered is not loaded.
    private static IEnumerable<string> Pictures(ReportFolder report)
    {
        var items = report.Json("definition", "report.json").SelectTokens("resourcePackages[?(@.name=='RegisteredResources')].items[*]")
            .Select(item => (Name: (string)item["name"]!, Path: (string)item["path"]!)).ToList();
        var used = report.Pages().SelectMany(page => page.Visuals).SelectMany(visual => visual.Json.SelectTokens("$..ResourcePackageItem.ItemName"))
            .Select(name => (string)name!);
        var files = Directory.GetFiles(report.Resources).Select(Path.GetFileName).OfType<string>().ToList();
        return
        [
            .. items.Where(item => !files.Contains(item.Path)).Select(item => $"report.json registers {item.Path}, which is missing"),
            .. files.Except(items.Select(item => item.Path)).Select(file => $"{file} is not registered in report.json"),
            .. used.Except(items.Select(item => item.Name)).Select(name => $"a visual shows {name}, which is not registered"),
        ];
    }
}
