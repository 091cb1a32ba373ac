using System.Globalization;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Schemas;

namespace FriendCity.RecordsApi;

/// <summary>The one place where outcomes become answers.</summary>
internal static class RecordResults
{
    public static IResult Record(RecordType type, Record record, int status = StatusCodes.Status200OK, string? location = null) =>
        new JsonResult(writer => RecordJson.Write(writer, type, record), status, Preconditions.Tag(record.Version), location);

    public static IResult Missing(RecordType type, string id) =>
        new Problem(Problems.NotFound, new($"There is no {type.Name}/{id}.", $"{type.Name}/{id} 不存在。")).ToResult();

    public static IResult Gone(Record record) => new Problem(Problems.Gone, new(
        $"{record.Id} was deleted as version {record.Version} by {record.Actor}; its history remains, and restore brings it back.",
        $"{record.Id} 已由 {record.Actor} 删除（版本 {record.Version}）；历史仍保留，可用 restore 恢复。")).ToResult();

    public static IResult Stale(long? current) => new Problem(Problems.Stale, Version(current)).ToResult();

    /// <param name="minimal">The caller does not want to see the record that is stored.</param>
    public static IResult Of(RecordType type, HttpRequest request, WriteOutcome outcome, bool minimal = false) => outcome switch
    {
        WriteOutcome.Stored { Created: var created, Record: var record } when minimal || record.Deleted =>
            new EmptyResult(Preconditions.Tag(record.Version), created ? Address(request, type, record.Id) : null),
        WriteOutcome.Unchanged { Record: var record } when minimal => new EmptyResult(Preconditions.Tag(record.Version)),
        WriteOutcome.Stored { Created: true, Record: var record } =>
            Record(type, record, StatusCodes.Status201Created, Address(request, type, record.Id)),
        WriteOutcome.Stored { Record: var record } => Record(type, record),
        WriteOutcome.Unchanged { Record: var record } => Record(type, record),
        WriteOutcome.Missing => new Problem(Problems.NotFound).ToResult(),
        WriteOutcome.Gone { Record: var record } => Gone(record),
        WriteOutcome.Stale { WantedNone: true, Current: var current } => new Problem(Problems.AlreadyExists, Version(current)).ToResult(),
        WriteOutcome.Stale { Current: var current } => Stale(current),
        WriteOutcome.Unconditional { Current: var current } => new Problem(Problems.PreconditionRequired, Version(current)).ToResult(),
        WriteOutcome.Exists { Record: var record } => new Problem(Problems.Exists, new(
            $"{type.Name}/{record.Id} exists{(record.Deleted ? " as a deleted record" : "")}.",
            $"{type.Name}/{record.Id} 已存在{(record.Deleted ? "(已删除)" : "")}。")).ToResult(),
        WriteOutcome.Refused { Violations: var violations } => new Problem(Problems.Invalid, Errors: violations).ToResult(),
        WriteOutcome.Duplicated { Duplicates: var duplicates } =>
            new Problem(Problems.Duplicate, Resort(duplicates), [.. duplicates.Select(each => each.Violation)]).ToResult(),
        WriteOutcome.Referenced { By: var by } => new Problem(Problems.Referenced, Referrers(by)).ToResult(),
        WriteOutcome.Unreadable { Type: var of, Id: var id } => Problems.Unreadable(of, id).ToResult(),
        WriteOutcome.Unknown { OperationId: var id } => new Problem(Problems.OutcomeUnknown, new(
            $"Read the record before you try again; operation {id} may still take effect.", $"请先读取该记录再重试；操作 {id} 可能仍会生效。"))
        { RetryAfter = 5 }.ToResult(),
        _ => throw new InvalidOperationException($"No answer for {outcome.GetType().Name}."),
    };

    private static string Address(HttpRequest request, RecordType type, string id) => PublicAddress.Of(request, $"/api/v1/{type.Name}/{id}");

    private static Text? Version(long? current) => current is not { } version ? null : new(
        string.Create(CultureInfo.InvariantCulture, $"The current ETag is \"{version}\"."),
        string.Create(CultureInfo.InvariantCulture, $"当前 ETag 为 \"{version}\"。"));

    private static Text Resort(IReadOnlyList<Duplicate> duplicates)
    {
        var (en, zh) = (string.Join(' ', duplicates.Select(each => each.Violation.Message.En)),
            string.Concat(duplicates.Select(each => each.Violation.Message.Zh)));
        return duplicates.All(each => each.CanBeReal)
            ? new($"{en} Where both are real, send the request again with ?{RecordWrites.AllowDuplicate}=true.",
                $"{zh}如两者确实并存，请附加 ?{RecordWrites.AllowDuplicate}=true 重新提交。")
            : new(en, zh);
    }

    private static Text Referrers(IReadOnlyList<(string Type, string Id)> by)
    {
        var list = string.Join(", ", by.Select(each => $"{each.Type}/{each.Id}"));
        return new($"Among them {list}.", $"例如 {list}。");
    }

    private sealed class EmptyResult(string etag, string? location = null) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            context.Response.Headers.ETag = etag;
            if (location is not null)
                context.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}
