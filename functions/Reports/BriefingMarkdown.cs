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
            {
                text.Append(Safe(sentence.Text.In(language)));
                if (Briefing.MarkOf(sentence, language) is { } mark)
                    text.Append(" **").Append(Safe(mark)).Append("**");
                text.Append("  \n").Append(Safe(Briefing.Note(sentence, language))).Append("\n\n");
            }
        }

        text.Append(language == Language.Chinese ? "## 指标定义\n\n" : "## Definitions\n\n");
        foreach (var (kpi, version) in briefing.Definitions)
            text.Append("- ").Append(Safe($"{version} {kpi.Name.In(language)}: {kpi.Formula.In(language)}")).Append('\n');
        return text.ToString();
    }

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
