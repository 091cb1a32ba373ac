using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using Newtonsoft.Json.Linq;

namespace FriendCity.Kpis.Api.Simulation;

/// <summary>
/// The match score under other weights or with other inputs of one city. Takes the figures' parameters and a body such as
/// <c>{"weights": {"industry": 0.3, …}, "inputs": {"cityId": "RULED", "directRail": false}}</c>; stores nothing.
/// </summary>
internal sealed class WhatIfFunctions(KpiReads reads)
{
    [Function("WhatIf")]
    public async Task<IResult> WhatIf([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/kpis/K32/what-if")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var asked = reads.Read(request, "asOf");
        var body = await JsonBody.ReadAsync(request, "application/json", cancellationToken);
        return await reads.AnswerAsync(request, asked, context => Answer(asked, body, context), cancellationToken);
    }

    private static JsonResult Answer(KpiRequest asked, JObject body, KpiContext context)
    {
        var validation = new ValidationContext();
        var question = WhatIfRequest.Read(body, context, validation);
        var weights = question.Weights ?? (MatchedCity.Weights(context) is { } record ? MatchKpis.Shares(record) : null);
        if (weights is null && !validation.Failed)
            validation.Refuse("/weights", "required", "No weights hold on that day: give them.", "该日没有有效的权重，请提供。");
        if (validation.Failed)
            throw new ProblemException(new(Problems.Invalid, Errors: validation.Violations));
        var cities = WhatIfCity.Of(context, question, weights!);
        return new JsonResult(writer => Write(writer, asked, weights!, cities));
    }

    private static void Write(Utf8JsonWriter writer, KpiRequest asked, MatchShares weights, IReadOnlyList<WhatIfCity> cities)
    {
        writer.WriteStartObject();
        writer.WriteString("asOf", KpiJson.Day(asked.AsOf));
        KpiJson.Question(writer, asked);
        writer.WriteStartObject("weights");
        writer.WriteNumber("industry", weights.Industry);
        writer.WriteNumber("culture", weights.Culture);
        writer.WriteNumber("logistics", weights.Logistics);
        writer.WriteNumber("trackRecord", weights.TrackRecord);
        writer.WriteNumber("platforms", weights.Platforms);
        writer.WriteEndObject();
        writer.WriteStartArray("cities");
        foreach (var city in cities)
        {
            writer.WriteStartObject();
            writer.WriteString("cityId", city.CityId);
            writer.WriteBoolean("isProspect", city.IsProspect);
            Score(writer, "stored", city.Stored);
            Score(writer, "whatIf", city.Changed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Score(Utf8JsonWriter writer, string name, MatchScore? score)
    {
        if (score is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        KpiJson.Number(writer, "score", score.Score);
        KpiJson.Number(writer, "industry", score.Industry);
        KpiJson.Number(writer, "culture", score.Culture);
        KpiJson.Number(writer, "logistics", score.Logistics);
        KpiJson.Number(writer, "trackRecord", score.TrackRecord);
        KpiJson.Number(writer, "platforms", score.Platforms);
        KpiJson.Number(writer, "potential", score.Potential);
        KpiJson.Number(writer, "completeness", score.Completeness);
        writer.WriteEndObject();
    }
}
