using System.Text.Json.Nodes;

namespace FriendCity.Tests.Dashboard;

/// <summary>The article's figures as the API gives them. A test changes what it is about and leaves the rest.</summary>
internal static class CannedRegistry
{
    private static readonly string[] Gaps = ["AF", "IR", "LK", "MN", "NP", "TR", "UZ"];

    public static JsonObject Kpis() => new()
    {
        ["asOf"] = "2024-03-25",
        ["scope"] = "SCO17_ARTICLE",
        ["scenarios"] = new JsonArray("ARTICLE"),
        ["baseline"] = "2018-06-09",
        ["values"] = new JsonArray(
            Value("K03", 13, 13),
            Value("K04", 10, 13),
            Value("K05", 10 / 17.0, 13, "tie", "broad", 10, 17),
            Value("K05", 7 / 17.0, 9, "tie", "formal", 7, 17),
            Value("K06", 2.25, 13, "tie", "broad", 9, 4),
            Value("K06", 1.25, 9, "tie", "formal", 5, 4),
            Value("K07", 4, 4, "stage", "INTENTION"),
            Value("K07", 6, 6, "stage", "FRIENDLY_COOPERATION"),
            Value("K07", 3, 3, "stage", "FRIEND_CITY", illustrative: 0),
            With(Value("K11", 7, 17, illustrative: 0), "items", new JsonArray([.. Gaps.Select(id => JsonValue.Create(id))])),
            Value("K15", 26, 26, "measure", "count", illustrative: 25),
            With(Value("K15", 552790000, 18, "measure", "value", illustrative: 17), "unit", "CNY"),
            Value("K15", 8, 8, "measure", "withoutValue", illustrative: 8)),
    };

    public static JsonObject Countries() => Page(
        Named("AF", "阿富汗", "Afghanistan"),
        Named("IR", "伊朗", "Iran"),
        Named("LK", "斯里兰卡", "Sri Lanka"),
        Named("MN", "蒙古", "Mongolia"),
        Named("NP", "尼泊尔", "Nepal"),
        Named("TR", "土耳其", "Türkiye"),
        Named("UZ", "乌兹别克斯坦", "Uzbekistan"),
        Named("RU", "俄罗斯", "Russia"));

    public static JsonObject Scopes() => Page(
        Named("SCO17_ARTICLE", "上合组织17国（文章口径）", "17 SCO countries, as the article counts them"),
        Named("SCO_LIVE", "上合组织国家（当前）", "SCO countries now"));

    /// <summary>A registry just set up: every figure rests on no row.</summary>
    public static JsonObject EmptyKpis()
    {
        var answer = Kpis();
        foreach (var value in answer["values"]!.AsArray())
        {
            value!["rows"] = 0;
            value["evidence"] = new JsonObject();
            value["value"] = value["kpi"]!.GetValue<string>() is "K05" or "K06" ? null : 0;
        }

        return answer;
    }

    public static JsonObject Problem(int status, string title, string? detail = null, string? code = null) =>
        new() { ["type"] = "about:blank", ["status"] = status, ["title"] = title, ["detail"] = detail, ["code"] = code };

    public static JsonObject Find(JsonObject answer, string kpi, string? member = null) => answer["values"]!.AsArray()
        .Select(value => value!.AsObject())
        .First(value => value["kpi"]!.GetValue<string>() == kpi
            && (member is null || value["dimensions"]!.AsObject().Any(dimension => dimension.Value!.GetValue<string>() == member)));

    public static JsonObject Named(string id, string zh, string en) => new() { ["id"] = id, ["nameZh"] = zh, ["nameEn"] = en };

    public static JsonObject Page(params JsonNode[] rows) => new() { ["value"] = new JsonArray(rows), ["nextLink"] = null };

    private static JsonObject Value(
        string kpi, double value, int rows, string? dimension = null, string? member = null, int? numerator = null, int? denominator = null,
        int illustrative = 1) => new()
        {
            ["kpi"] = kpi,
            ["dimensions"] = dimension is null ? [] : new JsonObject { [dimension] = member },
            ["value"] = value,
            ["items"] = null,
            ["unit"] = "count",
            ["numerator"] = numerator,
            ["denominator"] = denominator,
            ["rows"] = rows,
            ["rowsHash"] = "8f434346648f6b96df89dda901c5176b",
            ["evidence"] = new JsonObject { ["article"] = 0, ["public"] = rows - illustrative, ["illustrative"] = illustrative, ["office"] = 0 },
            ["definitionVersion"] = 1,
            ["reason"] = null,
        };

    private static JsonObject With(JsonObject value, string name, JsonNode node)
    {
        value[name] = node;
        return value;
    }
}
