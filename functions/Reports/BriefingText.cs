using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Registry;

namespace FriendCity.Reports;

/// <summary>The standing sentences: those of the article, and those of the office's press conferences.</summary>
internal static class BriefingText
{
    private static readonly (Text Title, SentenceTemplate[] Sentences)[] Sections =
    [
        (new("The circle of friends", "上合“朋友圈”"),
        [
            new("circle", new("{home}'s circle of friends counts {K03} {K03|city|cities} in {K04} {K04|country|countries} of the scope.",
                "{home}的“朋友圈”已覆盖统计范围内{K04}个国家的{K03}个城市。")),
            new("growth", new("Against {K06/broad|denominator} {K06/broad|denominator|city|cities} on {baseline} that is {K06/broad|numerator} more, "
                + "a growth of {K06/broad|%}; counting formal ties alone, {K06/formal|%}.",
                "与{baseline}的{K06/broad|denominator}个城市相比增加{K06/broad|numerator}个，增幅{K06/broad|%}；仅计正式友城，增幅{K06/formal|%}。")),
            new("stages", new("Of these, {K07/FRIEND_CITY} {K07/FRIEND_CITY|is a friend city|are friend cities}, {K07/FRIENDLY_COOPERATION} "
                + "{K07/FRIENDLY_COOPERATION|is|are} in friendly cooperation and {K07/INTENTION} {K07/INTENTION|has|have} signed "
                + "letters of intent.",
                "其中友好城市{K07/FRIEND_CITY}个，友好合作关系城市{K07/FRIENDLY_COOPERATION}个，意向结好城市{K07/INTENTION}个。")),
            new("coverage", new("{K05/broad|numerator} of {K05/broad|denominator} {K05/broad|denominator|country|countries} "
                + "{K05/broad|numerator|is|are} covered ({K05/broad|%}; formally {K05/formal|%}). Still without a city: {K11|items}.",
                "已覆盖{K05/broad|denominator}个国家中的{K05/broad|numerator}个，覆盖率{K05/broad|%}（正式口径{K05/formal|%}）。尚无城市的国家：{K11|items}。")),
        ]),
        (new("For the press conference", "新闻发布口径"),
        [
            new("world", new("Worldwide, {home} has {K07@world/FRIEND_CITY} friend {K07@world/FRIEND_CITY|city|cities} and "
                + "{K07@world/FRIENDLY_COOPERATION} friendly-cooperation {K07@world/FRIENDLY_COOPERATION|city|cities} in the registry: "
                + "{K01/computed} formal {K01/computed|tie|ties} in {K02/computed} {K02/computed|country|countries}.",
                "在全球范围内，登记在册的{home}友好城市{K07@world/FRIEND_CITY}个、"
                    + "友好合作关系城市{K07@world/FRIENDLY_COOPERATION}个，正式友城共{K01/computed}个，分布在{K02/computed}个国家。")),
            new("published", new(
                "Last published: {K01/reported} formal friend {K01/reported|city|cities} in {K02/reported} "
                    + "{K02/reported|country|countries}, {K43/cities} {K43/cities|city|cities} apart from what the registry counts.",
                "最近公布数：{K02/reported}个国家的{K01/reported}个正式友城，与登记数相差{K43/cities}个城市。")),
            new("visits", new("{K14/out} {K14/out|delegation|delegations} travelled out and {K14/in} came in; {K37} "
                + "{K37|promotion or economic dialogue was|promotions and economic dialogues were} held.",
                "出访团组{K14/out}批，来访团组{K14/in}批；举办推介会和经贸合作对话会{K37}场。")),
            new("solidarity", new("{K35} friend {K35|city|cities} received medical supplies ({K35|items}), and {K36} video "
                + "{K36|link was|links were} held with envoys.",
                "向{K35}个友城（{K35|items}）捐赠医疗防疫物资，与使节视频连线{K36}次。")),
            new("trade", new("The demonstration area's trade with SCO countries, as last published, in hundred million yuan a year: {K44}.",
                "上合示范区对上合组织国家贸易额最近公布数（亿元/年）：{K44}。")),
        ]),
        (new("Projects", "合作项目"),
        [
            new("signed", new("{K15/count} project {K15/count|agreement has|agreements have} been signed since {baseline}, worth CNY "
                + "{K15/value|m} million as far as known ({K15/withoutValue} {K15/withoutValue|has|have} no value); {K16/count} more "
                + "{K16/count|is an intention|are intentions}.",
                "自{baseline}以来签署合作项目协议{K15/count}个，已知金额合计{K15/value|y}人民币（{K15/withoutValue}个未填金额）；另有合作意向{K16/count}个。")),
            new("alive", new("{K18|numerator} of {K18|denominator} signed {K18|denominator|project|projects} {K18|numerator|is|are} alive ({K18|%}); "
                + "{K19} {K19|stands|stand} still: {K19|items}.",
                "签约项目{K18|denominator}个中{K18|numerator}个在行（{K18|%}）；停滞{K19}个：{K19|items}。")),
        ]),
        (new("What must be done", "短板与重点"),
        [
            new("hubs", new("{K20|numerator} of {K20|denominator} hub {K20|denominator|node|nodes} {K20|numerator|has|have} a tie ({K20|%}; "
                + "formally {K21|%}).",
                "枢纽节点{K20|denominator}个中已有渠道{K20|numerator}个（{K20|%}；正式口径{K21|%}）。")),
            new("dormant", new("{K13|numerator} of {K13|denominator} {K13|denominator|city|cities} {K13|numerator|has|have} been silent for {window} "
                + "{window|month|months}: {K13|items}. Stale intentions: {K10|items}.",
                "{K13|denominator}个城市中有{K13|numerator}个已{window}个月无往来：{K13|items}。久未转化意向：{K10|items}。")),
            new("mechanisms", new("{K26|%} of the activities had the frame of the SCO or a regular mechanism.", "在上合框架或固定机制下开展的活动占{K26|%}。")),
            new("platforms", new(
                "Friend-city elements fill {K27|numerator} of {K27|denominator} {K27|denominator|place|places} in the platforms ({K27|%}); "
                    + "{K33|numerator} of {K33|denominator} {K33|denominator|city|cities} {K33|numerator|has|have} a city policy in force ({K33|%}).",
                "平台植入友城元素{K27|numerator}处，应植入{K27|denominator}处（{K27|%}）；{K33|denominator}个城市中有{K33|numerator}个已有“一城一策”（{K33|%}）。")),
            new("followup", new("Inspections by the leadership: {K42/inspections}; directives and tasks still open: {K42/open}.",
                "领导调研{K42/inspections}次；未办结批示与任务{K42/open}项。")),
        ]),
    ];

    public static Briefing Write(KpiContext context)
    {
        var world = KpiScopes.Find(context.Registry, "world", context.Scenarios) is { } all ? context with { Scope = all } : context;
        var home = HomeName(context);
        var sections = Sections.Select(section => new BriefingSection(section.Title,
            [.. section.Sentences.Select(sentence => sentence.Fill(context, world, home))])).ToList();
        var targets = Targets(context).ToList();
        if (targets.Count > 0)
            sections.Add(new BriefingSection(new("Targets", "目标"), targets));
        return new Briefing(new($"{home.En}: briefing on friend cities", $"{home.Zh}友城工作简报"), context, Home(context), sections);
    }

    /// <summary>What the briefing says first.</summary>
    public static IReadOnlyList<BriefingSentence> Opening(KpiContext context) =>
        [.. Sections[0].Sentences.Take(2).Select(sentence => sentence.Fill(context, context, HomeName(context)))];

    private static IEnumerable<BriefingSentence> Targets(KpiContext context) =>
        from figure in TargetKpis.Attainment.Figures(context)
        where figure is { Measure: "attainment", Value: not null }
        let target = (Target)figure.Rows[0].Record
        let kpi = KpiCatalogue.Find(target.KpiId)
        where kpi is not null
        let day = target.PeriodEnd!.Value
        let unit = target.Part is null ? kpi.Figures(context).FirstOrDefault(each => SentenceTemplate.Part(each) == (target.Dimension ?? ""))?.Unit
            ?? kpi.Unit : ""
        let aim = Words.Amount(figure.Denominator, unit)
        let actual = Words.Amount(figure.Numerator, unit)
        select new BriefingSentence($"target-{target.Id}", new(
            $"{kpi.Name.En}: {actual.En} of {aim.En} by {Words.Day(day, Language.English)} ({Words.Number(figure.Value, "%")}).",
            $"{kpi.Name.Zh}：{Words.Day(day, Language.Chinese)}目标{aim.Zh}，现为{actual.Zh}（{Words.Number(figure.Value, "%")}）。"),
            [new KpiValue(TargetKpis.Attainment, figure)]);

    private static Text HomeName(KpiContext context) =>
        Home(context) is { } city ? new(city.NameEn, city.NameZh) : new("The home city", "本市");

    private static City? Home(KpiContext context) =>
        context.City(context.Of(Relationship.Type).GroupBy(tie => tie.HomeCityId).MaxBy(ties => ties.Count())?.Key);
}
