using System.Text.Json;
using FriendCity.Http;
using FriendCity.Records;

namespace FriendCity.Snapshots.Operations;

/// <summary>Operations over HTTP: how far one is, and its end before its time.</summary>
public sealed class OperationApi
{
    private readonly OperationBook _book;
    private readonly OperationRunner _runner;
    private readonly ILogger _log;

    internal OperationApi(OperationBook book, OperationRunner runner, ILogger<OperationApi> log) => (_book, _runner, _log) = (book, runner, log);

    /// <summary><c>api/v1/operations/{id}</c>: its state (get), or ask it to end (delete).</summary>
    internal Task<IResult> Item(HttpRequest request, string id, CancellationToken cancellation) => Guard.RunAsync(request, _log, async () =>
    {
        if (Parameters.Check(request) is { } unknown)
            return unknown.Answer();
        var operation = request.Method == HttpMethods.Delete ? await _runner.CancelAsync(id, cancellation) : await _book.FindAsync(id, cancellation);
        return operation is null
            ? new Problem(Problems.NotFound, new($"There is no operation {id}.", $"没有操作 {id}。")).Answer()
            : new JsonResult(writer => Write(writer, operation, Languages.Of(request)));
    });

    /// <summary>Goes on with what a killed process left behind.</summary>
    internal Task ResumeAsync(CancellationToken cancellation) => _runner.ResumeAsync(cancellation);

    /// <summary>202 with the address at which the operation can be followed.</summary>
    internal static IResult Accepted(HttpRequest request, Operation operation) => new JsonResult(
        writer => Write(writer, operation, Languages.Of(request)), StatusCodes.Status202Accepted, location: PublicAddress.Of(request, $"/api/v1/operations/{operation.Id}"));

    private static void Write(Utf8JsonWriter writer, Operation operation, Language language)
    {
        writer.WriteStartObject();
        writer.WriteString("id", operation.Id);
        writer.WriteString("kind", operation.Kind);
        writer.WriteString("state", operation.State);
        writer.WriteNumber("done", operation.Done);
        writer.WriteNumber("total", operation.Total);
        writer.WriteBoolean("cancelRequested", operation.CancelRequested);
        writer.WriteString("actor", operation.Actor);
        Scales.Write(writer, "createdAt", operation.CreatedAt);
        Scales.Write(writer, "updatedAt", operation.UpdatedAt);
        writer.WriteString("snapshot", operation.Result);
        if (Problems.All.FirstOrDefault(each => each.Name == operation.Error) is { } error)
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", error.Name);
            writer.WriteString("title", error.Title.In(language));
            writer.WriteString("detail", operation.Detail);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("error");
        }

        writer.WriteEndObject();
    }
}
