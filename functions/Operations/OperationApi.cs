using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Records.Query.Filters;
using FriendCity.Storage;

namespace FriendCity.Operations;

/// <summary>Operations over HTTP: how far one is, and its end before its time.</summary>
public sealed class OperationApi
{
    private static readonly Text Beside = new(
        "The snapshot is published beside the current one, which is of a newer day and stays the current one.",
        "该快照已发布，但当前快照的日期更新，因此当前快照不变。");

    private readonly OperationStore _book;
    private readonly OperationRunner _runner;
    private readonly ILogger _log;

    private readonly Func<CancellationToken, Task> _mend;

    /// <param name="mend">Puts right what operations rest on, before any is gone on with.</param>
    internal OperationApi(OperationStore book, OperationRunner runner, Func<CancellationToken, Task> mend, ILogger<OperationApi> log) =>
        (_book, _runner, _mend, _log) = (book, runner, mend, log);

    /// <summary><c>api/v1/operations/{id}</c>: its state (get), or ask it to end (delete).</summary>
    internal Task<IResult> Item(HttpRequest request, string id, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, async () =>
    {
        if (Parameters.Check(request) is { } unknown)
            return unknown.ToResult();
        var operation = request.Method == HttpMethods.Delete
            ? await _runner.CancelAsync(id, cancellationToken) : await _book.FindAsync(id, cancellationToken);
        return operation is null
            ? new Problem(Problems.NotFound, new($"There is no operation {id}.", $"没有操作 {id}。")).ToResult()
            : new JsonResult(writer => Write(writer, operation, Languages.Of(request)));
    });

    /// <summary>Puts right what somebody spoilt, and goes on with what a killed process left behind.</summary>
    internal async Task ResumeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _mend(cancellationToken);
        }
        catch (StorageException fault)
        {
            _log.LogWarning(fault, "What operations rest on could not be looked at; the next minute does it");
        }

        await _runner.ResumeAsync(cancellationToken);
    }

    /// <summary>202 with the address at which the operation can be followed.</summary>
    internal static IResult Accepted(HttpRequest request, Operation operation) => new JsonResult(
        writer => Write(writer, operation, Languages.Of(request)), StatusCodes.Status202Accepted,
        location: PublicAddress.Of(request, $"/api/v1/operations/{operation.Id}"));

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
        ValueComparers.Write(writer, "createdAt", operation.CreatedAt);
        ValueComparers.Write(writer, "updatedAt", operation.UpdatedAt);
        writer.WriteString("snapshot", operation.Result);
        if (operation.IsCurrent is { } isCurrent)
            writer.WriteBoolean("current", isCurrent);
        else
            writer.WriteNull("current");
        writer.WriteString("note", operation.IsCurrent == false ? Beside.In(language) : operation.IsOver ? null : operation.Detail);
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
