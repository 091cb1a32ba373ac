using System.Text.RegularExpressions;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Messages;

namespace FriendCity.Reports;

/// <summary>
/// A sentence with places for figures: <c>{K05/formal|%}</c> is the part <c>formal</c> of K05 as a percentage; <c>{K06/broad|numerator}</c>
/// its numerator; <c>{K11|items}</c> the names of what is counted; <c>{K07@world/FRIEND_CITY}</c> the same figure for the world;
/// <c>{K13|denominator|city|cities}</c> the word that goes with one, or with another number;
/// <c>{home}</c> the home city, <c>{baseline}</c> the baseline, <c>{window}</c> the months of activity looked back on.
/// </summary>
internal sealed partial record SentenceTemplate(string Id, Text Text)
{
    public BriefingSentence Fill(KpiContext context, KpiContext world, Text home)
    {
        var values = new List<KpiValue>();
        string Sentence(Language language) => Place().Replace(Text.In(language), place => Written(place, context, world, home, language, values));
        var text = new Text(Sentence(Language.English), Sentence(Language.Chinese));
        return new BriefingSentence(Id, text, [.. values.DistinctBy(value => value.Figure)]);
    }

    private static string Written(Match place, KpiContext context, KpiContext world, Text home, Language language, List<KpiValue> values)
    {
        switch (place.Groups["kpi"].Value)
        {
            case "home":
                return home.In(language);
            case "baseline":
                return Words.Day(context.Baseline, language);
            case "window":
                return Word(context.Window) ?? Words.Number(context.Window, "n")!;
        }

        var asked = place.Groups["scope"].Success ? world : context;
        var part = place.Groups["part"].Value;
        var kpi = KpiCatalogue.Find(place.Groups["kpi"].Value) ?? throw new InvalidOperationException($"A sentence names no figure: {place.Value}.");
        // A part that does not occur, such as a centre that has no project, is unknown like a value that is null.
        if (kpi.Figures(asked).FirstOrDefault(figure => Part(figure) == part) is not { } found)
            return Word(null) ?? Words.Unknown.In(language);

        values.Add(new KpiValue(kpi, found));
        var form = place.Groups["form"].Value;
        var number = form switch
        {
            "numerator" => found.Numerator,
            "denominator" => found.Denominator,
            _ => found.Value,
        };
        return Word(number) ?? (form == "items" ? Words.Names(asked, found.Items ?? [], language) : Words.Number(number, form))
            ?? Words.Unknown.In(language);

        string? Word(double? count) => place.Groups["one"].Success ? place.Groups[count == 1 ? "one" : "many"].Value : null;
    }

    /// <summary>The part of its figures that this one is.</summary>
    public static string Part(Figure figure) => string.Join('/', new[] { figure.Dimension?.Value, figure.Measure }.OfType<string>());

    [GeneratedRegex(
        @"\{(?<kpi>K\d\d|home|baseline|window)(?<scope>@world)?(/(?<part>[^|}]+))?(\|(?<form>items|numerator|denominator|[%my]))?"
            + @"(\|(?<one>[^|}]+)\|(?<many>[^|}]+))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
