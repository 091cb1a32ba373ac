using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;

namespace FriendCity.RecordsApi.Exports;

/// <summary>How records are to be written: the format, the language of headings and labels, and whether codes stand beside labels.</summary>
/// <param name="Language">Of headings and labels; null for the names of fields and codes alone.</param>
internal sealed record FileForm(FileFormat Format, Language? Language, bool Codes)
{
    public const string HeadingsParameter = "headings";
    public const string CodesParameter = "codes";

    /// <summary>What only a table takes.</summary>
    public static readonly string[] OfTables = [Languages.Parameter, HeadingsParameter, CodesParameter];

    /// <exception cref="ProblemException">A parameter that cannot be understood, or that the format does not take.</exception>
    public static FileForm Read(HttpRequest request, IReadOnlyList<FileFormat> offered)
    {
        var format = FileFormat.Of(request, offered);
        if (!format.IsTable)
            return Array.Find(OfTables, name => Parameters.Text(request, name) is not null) is not { } strange ? new(format, null, Codes: false)
                : throw Parameters.Wrong(strange, "taken with format csv or xlsx only.", "仅适用于 csv 或 xlsx 格式。");
        var names = Parameters.Choice(request, HeadingsParameter, "labels", "names") == "names";
        var codes = Parameters.Choice(request, CodesParameter, "false", "true") == "true";
        return names && codes
            ? throw Parameters.Wrong(CodesParameter, "with headings=names codes stand in place of labels already.", "headings=names 时已以代码代替名称。")
            : new(format, names ? null : Languages.Asked(request), codes);
    }
}
