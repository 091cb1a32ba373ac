using System.Text.RegularExpressions;

namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>How far a filter goes in the model, and what a measure is made of.</summary>
internal static partial class FilterReach
{
    /// <summary>The tables that a filter on a table reaches, itself left out: from the one to the many, along active relationships.</summary>
    public static IReadOnlyList<string> From(ModelFiles model, string table)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([table]);
        while (open.TryPop(out var one))
            foreach (var (many, _) in Ends(model, active: true).Where(each => each.To.Table == one).Select(each => each.From))
                if (reached.Add(many))
                    open.Push(many);
        return [.. reached];
    }

    /// <summary>Both ends of each relationship, the many's first.</summary>
    public static IEnumerable<((string Table, string Column) From, (string Table, string Column) To)> Ends(ModelFiles model, bool active) =>
        model.Relationships.Where(each => each["isActive"] is null == active)
            .Select(each => (ModelLinks.Parts(each["fromColumn"]), ModelLinks.Parts(each["toColumn"])));

    /// <summary>The measures behind a measure, itself first.</summary>
    public static IReadOnlyList<TmdlNode> Behind(ModelFiles model, TmdlNode measure)
    {
        var behind = new List<TmdlNode> { measure };
        for (var i = 0; i < behind.Count; i++)
            behind.AddRange(Lone().Matches(behind[i].Value!).Select(match => match.Groups["name"].Value).Distinct()
                .SelectMany(name => model.Measures.Where(each => each.Name == name)).Except(behind).ToList());
        return behind;
    }

    [GeneratedRegex(@"(?<!['A-Za-z_])\[(?<name>[^\]]+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lone();
}
