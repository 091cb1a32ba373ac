using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.OpenApi.Building;
using FriendCity.Records;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.RecordsApi.Exports;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>All records of a type as one file.</summary>
internal sealed class ExportOperations(RecordOperations records, SnapshotOperations operations, CommonParameters parameters)
{
    /// <summary>How a file can be refused.</summary>
    public static readonly ProblemCode[] Refusals = [Problems.XlsxLimit, Problems.NoRoom];

    private static readonly int AtOnce = new XlsxLimits().AtOnce;

    public ApiOperation Of(RecordType type) => new("Exports", "GET", $"/api/v1/exports/{type.Name}", $"export{RecordOperations.Plural(type)}",
        type.Name, new($"Export all {RecordOperations.Lower(type.Label.En)}", $"导出全部{type.Label.Zh}"))
    {
        About = new(
            $"One file without pages, in the order of the list; it can be imported again as it is. A workbook of more than {AtOnce} records is made "
                + "by an operation, whose file says where it is.",
            $"不分页，一个文件，按列表顺序；可原样重新导入。超过 {AtOnce} 条记录的工作簿由操作生成，文件地址见操作的 file。"),
        Parameters = [.. records.Questions(type), .. Form(FileFormat.Files), parameters.Language(), parameters.Prefer()],
        Answers =
        [
            new(200, new("The file", "文件"), [.. FileFormat.Files.Select(each => (each.MediaType, (IOpenApiSchema?)null))], "Age",
                "Preference-Applied", "Changes-Cursor"),
            operations.Accepted("Location"),
        ],
        Problems = [Problems.BadParameter, Problems.NotAcceptable, .. Refusals],
    };

    public ApiOperation File() => new("OperationFile", "GET", "/api/v1/operations/{id}/file", "getOperationFile", "operations",
        new("The file that an operation made", "操作生成的文件"))
    {
        Parameters = [SnapshotOperations.Id("id")],
        Answers = [new(200, new("The workbook", "工作簿"), [(FileFormat.Xlsx.MediaType, null)])],
        Problems = [Problems.BadParameter, Problems.NotFound],
    };

    public static IOpenApiParameter Language() => CommonParameters.Own(Languages.Parameter, SchemaKit.Word(["en", "zh", "zh-CN"]), new(
        "The language of headings and labels in csv and xlsx; goes before Accept-Language", "csv 与 xlsx 中表头与名称的语言，优先于 Accept-Language"), "zh");

    /// <summary>How records are written.</summary>
    public static IEnumerable<IOpenApiParameter> Form(IReadOnlyList<FileFormat> offered) =>
    [
        CommonParameters.Own(FileFormat.Parameter, SchemaKit.Word(offered.Select(each => each.Name)), new(
            "The format; goes before Accept", "格式，优先于 Accept"), "csv"),
        Language(),
        CommonParameters.Own(FileForm.HeadingsParameter, SchemaKit.Word(["labels", "names"]), new(
            "names: the names of fields as headings, and codes for labels", "names 表示以字段名为表头，以代码代替名称"), "labels"),
        CommonParameters.Own(FileForm.CodesParameter, SchemaKit.Flag(), new(
            "true adds a column of codes beside each of labels", "true 表示在名称列旁另加代码列")),
    ];
}
