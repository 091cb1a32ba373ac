using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>How well a city matches what the home city looks for.</summary>
internal static class MatchKpis
{
    private static readonly Text Incomplete = new("An input is unknown, so the part is left out and the other weights are scaled up.",
        "存在未知输入，该部分不计，其余权重按比例放大。");

    public static readonly Kpi Match = new("K32", new("Industry match score", "产业匹配度"),
        new("100 × (0.40 industry + 0.20 culture + 0.15 logistics + 0.15 track record + 0.10 platforms), with the weights that hold on the day. "
            + "Industry = min(1, Σ w·min(a, d) / Σ of the five largest w·d), a = partner strength / 3, d = home demand / 3; culture = mean of shared "
            + "festival, language or school tie, youth programme, tourism link; "
            + "logistics = 0.5 hub network + 0.25 direct rail + 0.25 direct air or sea; track record = 0.5 min(1, signed in 36 months / 3) + 0.5 "
            + "min(1, activities in 12 months / 4); platforms = platforms with an element of the city / platforms that call for one. "
            + "A city without a tie has 0 for the last two; its potential is the mean of the first three alone. A part with an unknown input is left "
            + "out and the weights are scaled up; completeness is the weight of the known parts",
            "100 ×（0.40 产业 + 0.20 文化 + 0.15 物流 + 0.15 合作实绩 + 0.10 平台），采用当日有效的权重。产业 = min(1, Σ w·min(a, d) / 最大五项 w·d 之和)，a = 对方实力 / 3，d = 本市需求 / 3;"
            + "文化 = 共同节日、语言或校际联系、青少年项目、旅游联系的平均；物流 = 0.5 枢纽网络 + 0.25 直达铁路 + 0.25 直达航空或海运；合作实绩 = 0.5 min(1, 36 个月签约数 / 3)+ 0.5 min(1, 12 个月活动数 / 4)；平台 "
            + "= 有该市元素的平台数 / 要求植入的平台数。"
            + "尚无关系的城市后两项为 0，其潜力值仅取前三项加权平均。输入未知的部分不计，其余权重按比例放大；完整度为已知部分的权重"),
        "points", "city", Better.Higher, "P13", 1, ["match-weights", "policy-profiles", "home-demands", "projects", "activities", "platforms",
            "relationships", "cities"],
        context => MatchedCity.Weights(context) is { } weights
            ? MatchedCity.On(context).SelectMany(city => Measures(context, weights, city)
                .Select(figure => figure.By("city", city.CityId) with { Version = weights.WeightsVersion }))
            : [Figure.Unknown(new("No weights hold on that day.", "该日没有有效的权重。"))]);

    public static MatchShares Shares(MatchWeights weights) =>
        new(weights.Industry!.Value, weights.Culture!.Value, weights.Logistics!.Value, weights.TrackRecord!.Value, weights.Platforms!.Value);

    private static IEnumerable<Figure> Measures(KpiContext context, MatchWeights weights, MatchedCity city)
    {
        // Whether there is a tie decides the last two parts; the platforms that call for elements divide one of them.
        IReadOnlyList<FigureRow> known = [.. Inputs.Cities(context, [city.CityId]),
            .. Inputs.Ties([.. CityRelationship.On(context, context.AsOf).Where(tie => tie.City.Id == city.CityId)])];
        return Measures(weights, city).Select(
            figure => figure.RestingOn([Weighed(weights), city.Itself, .. known, .. figure.Measure is "score" or "platforms" or "completeness"
            ? Inputs.Platforms(context) : []]));
    }

    private static FigureRow Weighed(MatchWeights weights) =>
        new("match-weights", weights, weights.Source, ["industry", "culture", "logistics", "trackRecord", "platforms"]);

    private static IEnumerable<Figure> Measures(MatchWeights weights, MatchedCity city)
    {
        var match = MatchScore.Of(Shares(weights), city.Inputs);
        IReadOnlyList<FigureRow> fit = [.. city.Industry, .. city.Culture, .. city.Logistics];
        IReadOnlyList<FigureRow> all = [.. fit, .. city.Track, .. city.Elements];
        yield return new Figure(match.Score, all) { Measure = "score", Reason = match.Completeness < 1 ? Incomplete : null };
        yield return Part("industry", match.Industry, city.Industry);
        yield return Part("culture", match.Culture, city.Culture);
        yield return Part("logistics", match.Logistics, city.Logistics);
        yield return Part("trackRecord", match.TrackRecord, city.Track);
        yield return Part("platforms", match.Platforms, city.Elements);
        yield return new Figure(match.Completeness, all) { Measure = "completeness", Unit = "ratio" };
        if (city.Inputs.IsProspect)
            yield return new Figure(match.Potential, fit) { Measure = "potential", Reason = match.Potential is null ? Incomplete : null };
    }

    private static Figure Part(string measure, double? value, IReadOnlyList<FigureRow> rows) =>
        new(value, rows)
        {
            Measure = measure,
            Unit = "ratio",
            Reason = value is null
            ? new("An input of this part is unknown.", "该部分存在未知输入。") : null
        };
}
