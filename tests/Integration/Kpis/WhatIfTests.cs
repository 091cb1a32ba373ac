using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Kpis;

public sealed class WhatIfTests(Azurite azurite)
{
    private const string Address = "/api/v1/kpis/K32/what-if?view=article";

    [Fact]
    public async Task Other_weights_give_other_scores_and_nothing_is_stored()
    {
        var app = await azurite.SampleOfficeAsync();
        var answer = await AskAsync(app, "{'weights':{'industry':1,'culture':0,'logistics':0,'trackRecord':0,'platforms':0}}");
        Assert.Equal(16, answer["cities"]!.Count());
        Assert.All(answer["cities"]!, city => Assert.Equal(100 * (double)city["whatIf"]!["industry"]!, (double)city["whatIf"]!["score"]!, 1e-9));
        Assert.Equal(81.2, (double)Of(answer, "RULED")["stored"]!["score"]!, 0.05);
        Assert.Equal(81.2, (double)Of(await AskAsync(app, "{}"), "RULED")["whatIf"]!["score"]!, 0.05);
    }

    [Fact]
    public async Task Other_inputs_change_their_city_only_and_an_unknown_one_leaves_its_part_out()
    {
        var answer = await AskAsync(await azurite.SampleOfficeAsync(),
            "{'inputs':{'cityId':'MNULN','isProspect':false,'directRail':null,'signedIn36Months':3,'activitiesIn12Months':0,'strengths':{'SHIPLOG':3}}}");
        var changed = Of(answer, "MNULN")["whatIf"]!;
        Assert.Equal((JTokenType.Null, 0.5, 0.85), (changed["logistics"]!.Type, (double)changed["trackRecord"]!,
            Math.Round((double)changed["completeness"]!, 9)));
        Assert.All(answer["cities"]!.Where(city => (string?)city["cityId"] != "MNULN"),
            city => Assert.True(JToken.DeepEquals(city["stored"], city["whatIf"])));
    }

    [Fact]
    public async Task The_best_changed_score_comes_first()
    {
        var scores = (await AskAsync(await azurite.SampleOfficeAsync(), "{'inputs':{'cityId':'INHYD','sharedFestival':true}}"))["cities"]!.Select(
            city => (double)city["whatIf"]!["score"]!).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Theory]
    [InlineData("{'weight':{}}", "/weight unknown_field")]
    [InlineData("{'weights':[]}", "/weights wrong_type")]
    [InlineData("{'weights':{'industry':0.5,'culture':0.5,'logistics':0.5,'trackRecord':0,'platforms':0}}", "/weights weights_sum")]
    [InlineData("{'weights':{'industry':1,'culture':0,'logistics':0,'trackRecord':0}}", "/weights/platforms required")]
    [InlineData("{'weights':{'industry':2,'culture':0,'logistics':0,'trackRecord':0,'platforms':0}}", "/weights/industry out_of_range")]
    [InlineData("{'inputs':{}}", "/inputs/cityId required")]
    [InlineData("{'inputs':{'cityId':'NOWHERE'}}", "/inputs/cityId unknown_city")]
    [InlineData("{'inputs':{'cityId':'RULED','rail':true}}", "/inputs/rail unknown_field")]
    [InlineData("{'inputs':{'cityId':'RULED','directRail':1}}", "/inputs/directRail wrong_type")]
    [InlineData("{'inputs':{'cityId':'RULED','isProspect':null}}", "/inputs/isProspect wrong_type")]
    [InlineData("{'inputs':{'cityId':'RULED','strengths':{'MAGIC':1}}}", "/inputs/strengths/MAGIC missing_reference")]
    [InlineData("{'inputs':{'cityId':'RULED','strengths':{'TRADE':4}}}", "/inputs/strengths/TRADE out_of_range")]
    [InlineData("{'inputs':{'cityId':'RULED','signedIn36Months':1.5}}", "/inputs/signedIn36Months out_of_range")]
    [InlineData("{'inputs':{'cityId':'RULED','platformsWithElement':5}}", "/inputs/platformsWithElement out_of_range")]
    public async Task A_body_that_cannot_be_honoured_is_refused_by_place(string body, string expected)
    {
        var answer = await (await azurite.SampleOfficeAsync()).SendAsync("POST", Address, body.Replace('\'', '"'));
        Assert.Equal((422, "invalid"), (answer.Status, answer.Code));
        Assert.Contains(expected, answer.Body!["errors"]!.Select(error => $"{error["pointer"]} {error["rule"]}"));
    }

    [Fact]
    public async Task The_catalogue_tells_every_definition_in_both_languages()
    {
        var kpis = (JArray)(await (await azurite.SampleOfficeAsync()).GetAsync("/api/v1/kpis/catalogue"))["value"]!;
        Assert.Equal(Enumerable.Range(1, 45).Select(n => $"K{n:D2}"), kpis.Select(kpi => (string)kpi["kpi"]!));
        Assert.All(kpis, kpi =>
        {
            Assert.Equal(["kpi", "name", "formula", "unit", "grain", "better", "paragraphs", "definitionVersion", "inputs"], ((JObject)kpi)
                .Properties().Select(property => property.Name));
            Assert.All(new[] { kpi["name"]!, kpi["formula"]! },
                words => Assert.True(((string)words["en"]!).Length > 0 && ((string)words["zh-CN"]!).Length > 0));
            Assert.Subset(FriendCity.Registry.RegistryTypes.All.All.Select(type => type.Name).ToHashSet(),
                kpi["inputs"]!.Select(input => (string)input!).ToHashSet());
            Assert.Contains((string?)kpi["better"], new[] { "higher", "lower", "neutral" });
        });
    }

    private static async Task<JObject> AskAsync(TestApp app, string body)
    {
        var answer = await app.SendAsync("POST", Address, body.Replace('\'', '"'));
        Assert.True(answer.Status == 200, answer.Body?.ToString());
        return answer.Body!;
    }

    private static JToken Of(JObject answer, string city) => Assert.Single(answer["cities"]!, each => (string?)each["cityId"] == city);
}
