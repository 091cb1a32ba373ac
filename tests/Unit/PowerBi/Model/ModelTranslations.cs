namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>
/// Every table, column, measure and hierarchy is captioned and described in Chinese, every folder and level named; and nothing is translated
/// that is not there.
/// </summary>
internal static class ModelTranslations
{
    public static IEnumerable<string> Faults(ModelFiles model)
    {
        var cultures = model.Objects.Where(node => node.Kind == "cultureInfo" && node.Name == "zh-CN").ToList();
        if (cultures.Count != 1)
            return ["cultures: zh-CN is not there once."];
        var translated = cultures[0].Of("translations").SelectMany(each => each.Of("model")).SelectMany(each => each.Of("table")).ToList();
        return
        [
            .. Pairs(model.Tables, translated, "table"),
            .. from table in model.Tables
               from other in translated.Where(each => each.Name == table.Name).Take(1)
               from kind in new[] { "measure", "column", "hierarchy" }
               from fault in Pairs(table.Of(kind), other.Of(kind), kind)
               select fault,
            .. from table in model.Tables
               from hierarchy in table.Of("hierarchy")
               from other in translated.Where(each => each.Name == table.Name).SelectMany(each => each.Of("hierarchy"))
                   .Where(each => each.Name == hierarchy.Name).Take(1)
               from fault in Pairs(hierarchy.Of("level"), other.Of("level"), "level")
               select fault,
        ];
    }

    private static IEnumerable<string> Pairs(IEnumerable<TmdlNode> originals, IEnumerable<TmdlNode> translations, string kind)
    {
        var (ours, theirs) = (originals.ToList(), translations.ToLookup(each => each.Name));
        return
        [
            .. ours.Where(each => theirs[each.Name].Count() != 1)
                .Select(each => $"cultures/zh-CN.tmdl: the {kind} {each.Name} is not translated once."),
            .. theirs.Where(group => ours.TrueForAll(each => each.Name != group.Key))
                .Select(group => $"{group.First().Place}: there is no {kind} {group.Key} to translate."),
            .. ours.SelectMany(each => theirs[each.Name].Take(1).SelectMany(other => Missing(each, other))),
        ];
    }

    private static IEnumerable<string> Missing(TmdlNode original, TmdlNode translation)
    {
        string[] needed = ["caption", .. original.Description is null
            ? [] : (string[])["description"], .. original["displayFolder"] is null ? [] : (string[])["displayFolder"]];
        return needed.Where(name => translation[name] is null)
            .Select(name => $"{translation.Place}: {translation.Kind} {translation.Name} has no {name}.");
    }
}
