using FriendCity.Http.Errors;
using FriendCity.Messages;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Building;

/// <summary>One thing that a caller can ask at one address.</summary>
/// <param name="Function">The function whose route takes it.</param>
/// <param name="Method">In capitals. What takes GET takes HEAD, too.</param>
/// <param name="Path">The address as the document writes it.</param>
/// <param name="Id">Names it among all: generated clients call it so.</param>
internal sealed record ApiOperation(string Function, string Method, string Path, string Id, string Tag, Text Summary)
{
    /// <summary>What there is to know besides.</summary>
    public Text? About { get; init; }

    public IReadOnlyList<IOpenApiParameter> Parameters { get; init; } = [];

    public IOpenApiRequestBody? Body { get; init; }

    /// <summary>The answers that are no problems.</summary>
    public IReadOnlyList<ApiAnswer> Answers { get; init; } = [];

    /// <summary>The ways in which it refuses, besides those that every address has.</summary>
    public IReadOnlyList<ProblemCode> Problems { get; init; } = [];

    /// <summary>Problems have the form of the OData feed; refusals before the feed is reached have the form of all others.</summary>
    public bool IsFeed { get; init; }
}

/// <summary>An answer of one status.</summary>
/// <param name="Content">Schemas by media type; null for bytes. None where there is no body.</param>
/// <param name="Headers">Names among the document's headers.</param>
internal sealed record ApiAnswer(int Status, Text About, IReadOnlyList<(string MediaType, IOpenApiSchema? Schema)> Content, params string[] Headers)
{
    public const string Json = "application/json";

    public static ApiAnswer Of(IOpenApiSchema schema, Text about, int status = 200, params string[] headers) =>
        new(status, about, [(Json, schema)], headers);

    public static readonly ApiAnswer NotModified = new(304, new("What the caller holds is still right.", "调用方持有的内容仍然有效。"), [], "ETag");
}
