using System.Globalization;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Import;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Exports;
using Microsoft.Net.Http.Headers;

namespace FriendCity.ImportApi;

/// <summary>Reads what a caller wants of an import.</summary>
internal static class ImportRequest
{
    public const string DryRun = "dryRun";
    public const string OnError = "onError";
    public const string Mode = "mode";
    public const string MaxAffected = "max-affected";

    /// <summary>What a file may be.</summary>
    public static readonly IReadOnlyList<FileFormat> Formats = [.. ImportForm.All.Select(form => form.Format)];

    /// <exception cref="ProblemException">A parameter, preference or media type that cannot be followed.</exception>
    public static ImportOrder Read(RecordType type, HttpRequest request)
    {
        Parameters.Check(request, [DryRun, OnError, Mode, .. RecordWrites.Names(type)]);
        var mode = Parameters.Choice(request, Mode, "insert", "upsert", "update") switch
        {
            "upsert" => ImportMode.Upsert,
            "update" => ImportMode.Update,
            _ => ImportMode.Insert,
        };
        var order = new ImportOrder(type.Name, Format(request).Name, mode, Parameters.Choice(request, OnError, "stop", "skip") == "skip",
            Parameters.Choice(request, DryRun, "false", "true") == "true", Most(request),
            Parameters.Choice(request, RecordWrites.AllowDuplicate, "false", "true") == "true");
        if (order.MaxAffected is { } most)
            request.HttpContext.Response.Headers["Preference-Applied"] = FormattableString.Invariant($"{MaxAffected}={most}");
        return order;
    }

    private static FileFormat Format(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var sent)
            && Formats.FirstOrDefault(format => format.MediaType.Equals(sent.MediaType.Value, StringComparison.OrdinalIgnoreCase)) is { } format
            && request.Headers.ContentEncoding.All(coding => "identity".Equals(coding, StringComparison.OrdinalIgnoreCase)))
            return format;
        var types = string.Join(", ", Formats.Select(each => each.MediaType));
        throw new ProblemException(new(Problems.UnsupportedMediaType, new($"Send one of {types}, not compressed.", $"请发送未压缩的 {types} 之一。"))
        {
            Instead = new Dictionary<string, string> { ["Accept"] = types },
        });
    }

    private static int? Most(HttpRequest request) => Prefer.Find(request, MaxAffected) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) => most,
        _ => throw Parameters.Wrong("Prefer", $"{MaxAffected} takes a whole number from 0 on.", $"{MaxAffected} 应为不小于 0 的整数。"),
    };
}
