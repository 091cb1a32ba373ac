using System.Text;
using FriendCity.Messages;

namespace FriendCity.Reports;

/// <summary>The briefing as Markdown; what means something in Markdown or HTML is escaped, so a name is only a name.</summary>
internal static class BriefingMarkdown
{
    private const string Special = "\\`*_{}[]<>#|&~";

    public static string Write(Briefing briefing, Language language)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Safe(briefing.Title.In(language))).Append("\n\n").Append(Safe(briefing.Basis.In(language))).Append("\n\n");
        if (briefing.Warning is { } warning)
            text.Append("> ").Append(Safe(warning.In(language))).Append("\n\n");
        foreach (var section in briefing.Sections)
        {
            text.Append("## ").Append(Safe(section.Title.In(language))).Append("\n\n");
            foreach (var sentence in section.Sentences)
                text.Append(Safe(sentence.Text.In(language))).Append("\n\n");
        }

        var cities = CityTable.Of(briefing, language);
        text.Append("## ").Append(Safe(Briefing.CitiesTitle.In(language))).Append("\n\n");
        Row(text, cities.Heads);
        text.Append('|').Insert(text.Length, "---|", cities.Heads.Count).Append('\n');
        foreach (var row in cities.Rows)
            Row(text, row);
        if (cities.Note is { } asterisk)
            text.Append('\n').Append(Safe(asterisk)).Append('\n');
        text.Append("\n## ").Append(Safe(Briefing.NotesTitle.In(language))).Append("\n\n");
        foreach (var (place, note) in briefing.Notes(language))
            text.Append("- ").Append(Safe($"{place} {note}")).Append('\n');
        text.Append('\n');
        foreach (var (name, formula) in briefing.Definitions.Select(each => Briefing.Definition(each, language)))
            text.Append("- ").Append(Safe(name + formula)).Append('\n');
        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(Safe)).Append(" |\n");

    private static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var sign in text.ReplaceLineEndings(" "))
        {
            if (Special.Contains(sign))
                safe.Append('\\');
            safe.Append(sign);
        }

        return safe.ToString();
    }
}
