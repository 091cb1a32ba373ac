using System.Globalization;
using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Registry;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Kpis.Api.Simulation;

/// <summary>Reads the body of a what-if; every fault is told with its place, nothing is ignored.</summary>
internal static class WhatIfRequest
{
    private const double Rounding = 1e-9;

    private static readonly string[] Parts = ["industry", "culture", "logistics", "trackRecord", "platforms"];
    private static readonly string[] Flags = ["sharedFestival", "languageOrSchoolTie", "youthProgramme", "tourismLink", "onHubNetwork", "directRail",
        "directAirOrSea"];
    private static readonly string[] Counts = ["signedIn36Months", "activitiesIn12Months", "platformsWithElement"];

    public static WhatIf Read(JObject body, KpiContext context, ValidationContext validation)
    {
        Unknown(body, "", validation, ["weights", "inputs"]);
        var weights = Child(body, "weights", "", validation) is { } shares ? Weights(shares, validation) : null;
        return Child(body, "inputs", "", validation) is { } inputs
            ? new WhatIf(weights, City(inputs, context, validation), Inputs(inputs, context, validation))
            : new WhatIf(weights, null, stored => stored);
    }

    private static MatchShares Weights(JObject json, ValidationContext validation)
    {
        Unknown(json, "/weights", validation, Parts);
        var values = Array.ConvertAll(Parts, part => Number(json, part, "/weights", 1, whole: false, validation));
        for (var i = 0; i < Parts.Length; i++)
            if (!json.ContainsKey(Parts[i]))
                validation.Refuse($"/weights/{Parts[i]}", "required", "All five weights are required.", "须提供全部五项权重。");
        if (!validation.Failed && Math.Abs(values.Sum()!.Value - 1) > Rounding)
            validation.Refuse("/weights", "weights_sum", "The five weights add up to 1.", "五项权重之和须为 1。");
        return new MatchShares(values[0] ?? 0, values[1] ?? 0, values[2] ?? 0, values[3] ?? 0, values[4] ?? 0);
    }

    private static string? City(JObject json, KpiContext context, ValidationContext validation)
    {
        var city = json["cityId"] is JValue { Type: JTokenType.String } value ? (string?)value : null;
        if (city is null || !MatchedCity.On(context).Any(each => each.CityId == city))
            validation.Refuse("/inputs/cityId", city is null ? "required" : "unknown_city", "Name a city in scope that has a policy profile.",
                "请填写统计范围内有“一城一策”的城市。");
        return city;
    }

    private static Func<MatchInputs, MatchInputs> Inputs(JObject json, KpiContext context, ValidationContext validation)
    {
        Unknown(json, "/inputs", validation, ["cityId", "isProspect", "strengths", .. Flags, .. Counts]);
        var flags = Flags.ToDictionary(name => name, name => Flag(json, name, validation));
        var counts = Counts.ToDictionary(name => name,
            name => (int?)Number(json, name, "/inputs", name == "platformsWithElement" ? PlatformElement.Platforms(context).Count : int.MaxValue,
            whole: true, validation));
        var prospect = Flag(json, "isProspect", validation);
        if (prospect is { Given: true, Value: null })
            validation.Refuse("/inputs/isProspect", "wrong_type", "Expected true or false.", "应为 true 或 false。");
        var strengths = Child(json, "strengths", "/inputs", validation) is { } rated ? Strengths(rated, context, validation) : null;

        bool? Or(string name, bool? stored) => flags[name].Given ? flags[name].Value : stored;
        return stored => stored with
        {
            IsProspect = prospect.Value ?? stored.IsProspect,
            Strengths = strengths is null ? stored.Strengths : stored.Strengths.Concat(strengths).GroupBy(each => each.Key)
                .ToDictionary(each => each.Key, each => each.Last().Value),
            SharedFestival = Or("sharedFestival", stored.SharedFestival),
            LanguageOrSchoolTie = Or("languageOrSchoolTie", stored.LanguageOrSchoolTie),
            YouthProgramme = Or("youthProgramme", stored.YouthProgramme),
            TourismLink = Or("tourismLink", stored.TourismLink),
            OnHubNetwork = Or("onHubNetwork", stored.OnHubNetwork),
            DirectRail = Or("directRail", stored.DirectRail),
            DirectAirOrSea = Or("directAirOrSea", stored.DirectAirOrSea),
            SignedIn36Months = counts["signedIn36Months"] ?? stored.SignedIn36Months,
            ActivitiesIn12Months = counts["activitiesIn12Months"] ?? stored.ActivitiesIn12Months,
            PlatformsWithElement = counts["platformsWithElement"] ?? stored.PlatformsWithElement,
        };
    }

    private static Dictionary<string, double> Strengths(JObject json, KpiContext context, ValidationContext validation)
    {
        foreach (var name in json.Properties().Select(property => property.Name).Where(name => context.Registry.Of(Sector.Type).Get(name) is null))
            validation.Refuse($"/inputs/strengths/{Json.Escape(name)}", "missing_reference", $"There is no sector '{name}'.", $"没有领域“{name}”。");
        return json.Properties().ToDictionary(property => property.Name,
            property => Number(json, property.Name, "/inputs/strengths", 3, whole: true, validation) ?? 0);
    }

    private static JObject? Child(JObject json, string name, string at, ValidationContext validation)
    {
        if (!json.TryGetValue(name, out var token) || token is JObject)
            return token as JObject;
        validation.Refuse($"{at}/{name}", "wrong_type", "Expected an object.", "应为对象。");
        return null;
    }

    /// <summary>Null is given too: it makes the input unknown.</summary>
    private static (bool Given, bool? Value) Flag(JObject json, string name, ValidationContext validation)
    {
        if (!json.TryGetValue(name, out var token))
            return (false, null);
        if (token.Type is not (JTokenType.Boolean or JTokenType.Null))
            validation.Refuse($"/inputs/{name}", "wrong_type", "Expected true, false or null.", "应为 true、false 或 null。");
        return (true, token.Type == JTokenType.Boolean ? (bool)token : null);
    }

    private static double? Number(JObject json, string name, string at, double max, bool whole, ValidationContext validation)
    {
        if (!json.TryGetValue(name, out var token))
            return null;
        if (Json.Number(token) is { } number && (!whole || number.IsWhole)
            && number.ToDouble() is { IsExact: true, Value: >= 0 and var value } && value <= max)
            return value;
        var limit = max.ToString("0", CultureInfo.InvariantCulture);
        validation.Refuse($"{at}/{Json.Escape(name)}", "out_of_range", $"Expected a {(whole ? "whole " : "")}number from 0 to {limit}.",
            $"应为 0 至 {limit} 的{(whole ? "整" : "")}数。");
        return null;
    }

    private static void Unknown(JObject json, string at, ValidationContext validation, string[] known)
    {
        foreach (var property in json.Properties().Where(property => !known.Contains(property.Name)))
            validation.Refuse($"{at}/{Json.Escape(property.Name)}", "unknown_field", $"There is no field '{property.Name}'.",
                $"没有“{property.Name}”这个字段。");
    }
}
