using FriendCity.Http;
using FriendCity.Http.Errors;
using Microsoft.Net.Http.Headers;

namespace FriendCity.RecordsApi.Exports;

/// <summary>A form in which records are sent.</summary>
internal sealed record FileFormat(string Name, string MediaType)
{
    public static readonly FileFormat Json = new("json", "application/json");
    public static readonly FileFormat Csv = new("csv", "text/csv");
    public static readonly FileFormat Ndjson = new("ndjson", "application/x-ndjson");
    public static readonly FileFormat Xlsx = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    /// <summary>What is offered as a file, the one first that is sent to callers who like all alike.</summary>
    public static readonly IReadOnlyList<FileFormat> Files = [Csv, Ndjson, Xlsx];

    /// <summary>What a list is offered as, in the same order.</summary>
    public static readonly IReadOnlyList<FileFormat> OfLists = [Json, .. Files];

    public const string Parameter = "format";

    /// <summary>The media type, with the charset where readers would guess another.</summary>
    public string ContentType => this == Csv ? $"{MediaType}; charset=utf-8" : MediaType;

    /// <summary>Headings, labels and a choice of columns: for people.</summary>
    public bool IsTable => this == Csv || this == Xlsx;

    /// <summary>The format that the parameter names, or else the one that the caller likes best.</summary>
    /// <exception cref="ProblemException">There is none of that name, or none that the caller takes.</exception>
    public static FileFormat Of(HttpRequest request, IReadOnlyList<FileFormat> offered)
    {
        if (Parameters.Text(request, Parameter) is { } name)
            return offered.FirstOrDefault(format => format.Name == name) ?? throw Parameters.Wrong(
                Parameter, $"one of {string.Join(", ", offered.Select(format => format.Name))}.",
                $"应为 {string.Join("、", offered.Select(format => format.Name))} 之一。");
        request.HttpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (Negotiation.Best(request, offered, format => format.MediaType) is { } liked)
            return liked;
        var types = offered.Select(format => format.MediaType);
        throw new ProblemException(new(Problems.NotAcceptable,
            new($"This address answers {string.Join(", ", types)}.", $"该地址以 {string.Join("、", types)} 格式应答。")));
    }
}
