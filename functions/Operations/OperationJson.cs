using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Records.Query.Filters;

namespace FriendCity.Operations;

/// <summary>An operation on the wire.</summary>
internal static class OperationJson
{
    private static readonly Text Beside = new(
        "The snapshot is published beside the current one, which is of a newer day and stays the current one.",
        "该快照已发布，但当前快照的日期更新，因此当前快照不变。");

    /// <summary>202 with the address at which the operation can be followed.</summary>
    public static IResult Accepted(HttpRequest request, Operation operation) => new JsonResult(
        writer => Write(writer, operation, Languages.Of(request)), StatusCodes.Status202Accepted,
        location: PublicAddress.Of(request, $"/api/v1/operations/{operation.Id}"));

    public static void Write(Utf8JsonWriter writer, Operation operation, Language language)
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
        writer.WritePropertyName("import");
        writer.WriteRawValue(operation.Import ?? "null");
        writer.WriteString("file", operation.File);
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
