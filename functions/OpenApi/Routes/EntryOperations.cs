using FriendCity.Messages;
using FriendCity.OpenApi.Building;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.RecordsApi;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>What can be asked of each list of entries in records: add one, change one, remove one.</summary>
internal sealed class EntryOperations(RecordSchemas schemas, RecordOperations records)
{
    private static readonly OpenApiParameter Place = CommonParameters.Path("entry", SchemaKit.String(),
        new("The entry's own id where it has one, or its place in the list, from 1", "该项自身的编号（如有），或其在列表中的序号（从 1 起）"), "1");

    public IEnumerable<ApiOperation> Of(RecordType type) => type.Members.SelectMany(field =>
        field.Domain is ValueDomain.List { Item: ValueDomain.Entry entry } ? Of(type, field, entry) : []);

    private IEnumerable<ApiOperation> Of(RecordType type, Field list, ValueDomain.Entry entry)
    {
        var (path, name) = ($"/api/v1/{type.Name}/{{id}}/{list.Name}", $"{type.EntityName}{char.ToUpperInvariant(list.Name[0])}{list.Name[1..]}");
        Text about = new("A write of the whole record with its rules and history; pointers of faults lead into the record.",
            "等同于写入整条记录（规则、历史一致）；问题指针指向记录内的位置。");
        yield return new("YEntries", "POST", path, $"add{name}", type.Name,
            new($"Add an entry to {list.Label.En}", $"在“{list.Label.Zh}”末尾添加一项"))
        {
            About = about,
            Parameters = [records.Id(type), .. records.Changing(type)],
            Body = RecordOperations.Body(schemas.Entry(entry, whole: true), ApiAnswer.Json, null),
            Answers = records.Changed(type),
            Problems = RecordOperations.Changes,
        };
        yield return new("YEntry", "PATCH", $"{path}/{{entry}}", $"change{name}", type.Name,
            new($"Change an entry of {list.Label.En}", $"修改“{list.Label.Zh}”中的一项"))
        {
            About = about,
            Parameters = [records.Id(type), Place, .. records.Changing(type)],
            Body = RecordOperations.Body(schemas.Entry(entry, whole: false), MergePatch.MediaType, null),
            Answers = records.Changed(type),
            Problems = RecordOperations.Changes,
        };
        yield return new("YEntry", "DELETE", $"{path}/{{entry}}", $"remove{name}", type.Name,
            new($"Remove an entry of {list.Label.En}", $"移除“{list.Label.Zh}”中的一项"))
        {
            About = about,
            Parameters = [records.Id(type), Place, .. records.Changing(type)],
            Answers = records.Changed(type),
            Problems = RecordOperations.Changes,
        };
    }
}
