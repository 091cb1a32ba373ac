using FriendCity.Http.Errors;
using FriendCity.ImportApi;
using FriendCity.OpenApi.Building;
using FriendCity.Records;
using FriendCity.Records.Import;
using FriendCity.RecordsApi.Exports;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>Files of records into the registry.</summary>
internal sealed class ImportOperations(Components components, SnapshotOperations operations, CommonParameters parameters)
{
    public IEnumerable<ApiOperation> Of(RecordType type)
    {
        var (path, name, label) = ($"/api/v1/imports/{type.Name}", RecordOperations.Plural(type), RecordOperations.Lower(type.Label.En));
        yield return new("Imports", "POST", path, $"import{name}", type.Name, new($"Import {label} from a file", $"从文件导入{type.Label.Zh}"))
        {
            About = new(
                $"At most {ImportFunctions.MaxBytes} bytes. The whole file is checked before anything is written; the operation says what became "
                    + "of it, its report which rows are at fault (docs/import-export.md).",
                $"文件最多 {ImportFunctions.MaxBytes} 字节。先检查整个文件再写入；结果见操作，有问题的行见其报告（docs/import-export.md）。"),
            Parameters =
            [
                CommonParameters.Own(ImportRequest.Mode, SchemaKit.Word(["insert", "upsert", "update"]), new(
                    "insert adds what is not there, update changes what is, upsert does both", "insert 仅新增，update 仅修改已有，upsert 两者兼有"), "insert"),
                CommonParameters.Own(ImportRequest.OnError, SchemaKit.Word(["stop", "skip"]), new(
                    "stop writes nothing when any row is at fault; skip leaves those rows out", "stop 表示有问题行时全部不写入；skip 表示跳过问题行"), "stop"),
                CommonParameters.Own(ImportRequest.DryRun, SchemaKit.Flag(), new("true checks and writes nothing", "true 表示只检查、不写入")),
                .. parameters.Duplicates(type),
                parameters.ImportPreference(),
                parameters.IdempotencyKey(),
                parameters.Language(),
            ],
            Body = new OpenApiRequestBody
            {
                Required = true,
                Content = ImportRequest.Formats.ToDictionary(each => each.MediaType, _ => (IOpenApiMediaType)new OpenApiMediaType()),
            },
            Answers = [operations.Accepted("Location", "Preference-Applied")],
            Problems = [.. RecordOperations.Keyed, Problems.BadRequest, Problems.TooLarge, Problems.UnsupportedMediaType, Problems.NoRoom],
        };
        yield return new("ImportTemplate", "GET", $"{path}/template.xlsx", $"get{name}Template", type.Name,
            new($"An empty workbook for {label}", $"{type.Label.Zh}的空白导入模板"))
        {
            Parameters = [ExportOperations.Language(), parameters.Language()],
            Answers = [new(200, new("The workbook", "工作簿"), [(FileFormat.Xlsx.MediaType, null)])],
            Problems = [Problems.BadParameter],
        };
    }

    public ApiOperation Report() => new("OperationReport", "GET", "/api/v1/operations/{id}/report", "getOperationReport", "operations",
        new("What is wrong with which rows of an import", "导入中有问题的行"))
    {
        Parameters =
        [
            SnapshotOperations.Id("id"), CommonParameters.Own(FileFormat.Parameter, SchemaKit.Word(ImportFunctions.ReportFormats), new(
                "file: the file as it was sent, with a column or member of errors; csv, ndjson and xlsx the same, where it was sent so",
                "file 表示原文件另加问题列（或成员）；csv、ndjson、xlsx 与之相同，仅适用于以该格式上传的文件")),
            parameters.Language(),
        ],
        Answers =
        [
            new(200, new("The faults, or the file with them", "问题列表，或标注问题的原文件"),
            [
                (ApiAnswer.Json, new OpenApiSchema { AnyOf = [components.Schema("ImportReport", Faults), SchemaKit.List(new OpenApiSchema())] }),
                .. FileFormat.Files.Select(each => (each.MediaType, (IOpenApiSchema?)null)),
            ]),
        ],
        Problems = [Problems.BadParameter, Problems.NotAcceptable, Problems.NotFound],
    };

    private static OpenApiSchema Faults() => SchemaKit.Object(new("The faults of an imported file", "导入文件的问题"),
        ("operation", SchemaKit.String()),
        ("faults", SchemaKit.Count(new($"How many there are; the first {ImportFaults.MaxKept} are shown", $"问题总数；列出前 {ImportFaults.MaxKept} 项"))),
        ("value", SchemaKit.List(SchemaKit.Object(null,
            ("row", SchemaKit.Count(new("As a spreadsheet counts; 0 for the file as a whole", "按电子表格计数的行号；0 表示整个文件"))),
            ("sheet", SchemaKit.String(new("Of a workbook", "工作表"), nullable: true)),
            ("column", SchemaKit.String(new("Its heading", "表头"), nullable: true)),
            ("pointer", SchemaKit.String(new("The place in the record", "记录中的位置"))),
            ("rule", SchemaKit.String(new("Stable name of the rule that is broken", "所违反规则的稳定名称"))),
            ("value", SchemaKit.String(new("What stands there", "单元格内容"), nullable: true)),
            ("message", SchemaKit.String(new("The fault in words", "问题说明")))))));
}
