using System.Globalization;
using FriendCity.Http;
using FriendCity.Http.Errors;
using Microsoft.Net.Http.Headers;

namespace FriendCity.PowerBi.OData;

/// <summary>The form of an answer that carries rows: JSON with little metadata, or with none when the caller says so.</summary>
internal sealed record FeedForm(bool Context)
{
    public const string Version = "4.0";
    public const string ContentType = "application/json;odata.metadata=minimal";
    private const string WithoutContext = "application/json;odata.metadata=none";

    public string Type => Context ? ContentType : WithoutContext;

    /// <summary>Answers are 4.0. <c>MaxDataServiceVersion</c>, which Power Query sends beside it, belongs to OData 3 and says nothing here.</summary>
    /// <exception cref="ProblemException">The caller wants an older one.</exception>
    public static void CheckVersion(HttpRequest request)
    {
        if (request.Headers["OData-MaxVersion"].ToString() is { Length: > 0 } most
            && !(decimal.TryParse(most, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version) && version >= 4))
            throw Parameters.Wrong("OData-MaxVersion", $"answers are OData {Version}.", $"应答版本为 OData {Version}。");
    }

    /// <summary>Refuses parameters that the address does not take, and a <c>$format</c> that it does not have.</summary>
    public static void Check(HttpRequest request, string format, params string[] names)
    {
        Parameters.Check(request, [.. names, "$format"]);
        if (Parameters.Text(request, "$format") is { } asked && !Is(asked, format))
            throw new ProblemException(
                new(Problems.NotAcceptable, new($"$format: this address answers {format}.", $"$format：此地址的应答为 {format}。")));
    }

    /// <summary>What to answer in, by <c>$format</c> and else by <c>Accept</c>: the form the caller likes best among those there are.</summary>
    /// <param name="names">The parameters that the address takes.</param>
    /// <exception cref="ProblemException">There is none that the caller takes, or a parameter is none of these.</exception>
    public static FeedForm Of(HttpRequest request, string[] names)
    {
        Parameters.Check(request, [.. names, "$format"]);
        string[] accepted = Parameters.Text(request, "$format") is { } format
            ? [format == "json" ? "application/json" : format] : [.. request.Headers.Accept.OfType<string>()];
        if (accepted.All(string.IsNullOrWhiteSpace))
            return new(Context: true);

        // A range that is never wanted takes nothing from a more precise one; a more general one does not bring it back.
        return MediaTypeHeaderValue.TryParseList(accepted, out var ranges) && Best(ranges) is { } found
            ? found
            : throw new ProblemException(new(Problems.NotAcceptable, new($"Rows come as {ContentType}.", $"数据以 {ContentType} 格式返回。")));
    }

    private static FeedForm? Best(IList<MediaTypeHeaderValue> ranges)
    {
        var fitting = ranges.Select(range => (Range: range, Form: Of(range))).Where(each => each.Form is not null).ToList();
        var refused = fitting.Where(each => each.Range.Quality == 0).ToList();
        return fitting
            .Where(each => each.Range.Quality != 0 && !refused.Exists(no => no.Form == each.Form
                && Negotiation.Precision(no.Range) > Negotiation.Precision(each.Range)))
            .OrderByDescending(each => each.Range.Quality ?? 1)
            .Select(each => each.Form)
            .FirstOrDefault();
    }

    private static FeedForm? Of(MediaTypeHeaderValue range)
    {
        if (!(range.MatchesAllTypes || range.MediaType is { } type
            && (type.Equals("application/*", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/json", StringComparison.OrdinalIgnoreCase))))
            return null;

        var context = true;
        foreach (var parameter in range.Parameters)
            switch (parameter.Name.Value?.ToLowerInvariant(), parameter.Value.Value?.ToLowerInvariant())
            {
                case ("odata.metadata", "none"):
                    context = false;
                    break;
                case ("odata.metadata", not "minimal"):
                case ("ieee754compatible", "true"):
                    return null;
            }

        return new(context);
    }

    private static bool Is(string asked, string format) =>
        asked == format || asked.Split(';')[0].Trim().Equals($"application/{format}", StringComparison.OrdinalIgnoreCase);
}
