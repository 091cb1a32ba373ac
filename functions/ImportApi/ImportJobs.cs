using FriendCity.Http.Errors;
using FriendCity.Operations;
using FriendCity.Records;
using FriendCity.Records.Formats.Reading;
using FriendCity.Records.Import;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.RecordsApi.Exports;

namespace FriendCity.ImportApi;

/// <summary>
/// The work of an import: the whole file is checked, then what is to be written is stored as a plan, then it is written. Begun again after a kill, it
/// goes on by the plan, so that each row is written once.
/// </summary>
internal sealed class ImportJobs(RecordTypes types, Replica replica, RecordStore store, ChangeFeed feed, ImportFiles files)
{
    public const string Import = "import";

    public async Task<OperationEnd> RunAsync(Operation operation, string input, Func<int, int, CancellationToken, Task> progress,
        CancellationToken cancellationToken)
    {
        var order = ImportOrder.Read(input);
        var type = types.Find(order.Type) ?? throw new FormatException($"There is no record type '{order.Type}'.");
        await using var file = await files.UploadAsync(operation.Id, cancellationToken)
            ?? throw new InvalidDataException("The uploaded file is gone.");
        var registry = await replica.ReadAsync(cancellationToken);
        if (await files.PlanAsync(operation.Id, cancellationToken) is { } plan)
        {
            var resume = new ImportResume(store, type, operation.Actor, plan, registry);
            await resume.RunAsync(Open(type, order, file), cancellationToken);
            return await WriteAsync(operation, order, type, plan.Counts, resume.Left, resume.Settled, progress, cancellationToken);
        }

        var check = new ImportCheck(type, order.Mode, order.Skip, registry, () => Ulid.New(feed.Now));
        try
        {
            await Task.Run(() => check.Run(Open(type, order, file), cancellationToken), cancellationToken);
        }
        catch (SourceException whole)
        {
            check.Faults.AddRange(whole.Faults);
            await files.PutReportAsync(operation.Id, ImportReport.Text(check.Faults), cancellationToken);
            return new(null, Problems.ImportRefused, $"The file cannot be taken: {whole.Message} Nothing was written.");
        }

        await files.PutReportAsync(operation.Id, ImportReport.Text(check.Faults), cancellationToken);
        if (check.Faults.Count > 0 && order.Format == FileFormat.Csv.Name)
            await files.PutErrorsAsync(operation.Id, output => CsvErrors.Write(file, output, check.Faults.Kept), cancellationToken);
        return Verdict(order, check) is { } end ? end : await BeginAsync(operation, order, type, check, progress, cancellationToken);
    }

    private static RowSource Open(RecordType type, ImportOrder order, Stream file) => order.Format switch
    {
        _ when order.Format == FileFormat.Csv.Name => CsvRows.Read(type, file),
        _ when order.Format == FileFormat.Ndjson.Name => JsonRows.ReadLines(file),
        _ when order.Format == FileFormat.Json.Name => JsonRows.ReadArray(file),
        _ when order.Format == FileFormat.Xlsx.Name => XlsxRows.Read(type, file),
        _ => throw new FormatException($"There is no format '{order.Format}'."),
    };

    /// <summary>Why nothing is to be written; null when something is.</summary>
    private static OperationEnd? Verdict(ImportOrder order, ImportCheck check)
    {
        var counts = check.Counts;
        if (counts.Refused > 0 && !order.Skip)
            return new(null, Problems.ImportRefused, $"{counts.Refused} of {check.Rows} rows are at fault; nothing was written.")
            {
                Import = ImportReport.Counts(order, counts with { Inserted = 0, Updated = 0 }),
            };
        if (counts.Affected > order.MaxAffected)
            return new(null, Problems.MaxAffected, $"{counts.Affected} records would be written, at most {order.MaxAffected} may be; nothing was.")
            {
                Import = ImportReport.Counts(order, counts with { Inserted = 0, Updated = 0 }),
            };
        return order.DryRun ? new(null) { Import = ImportReport.Counts(order, counts) } : null;
    }

    private async Task<OperationEnd> BeginAsync(Operation operation, ImportOrder order, RecordType type, ImportCheck check,
        Func<int, int, CancellationToken, Task> progress, CancellationToken cancellationToken)
    {
        await files.PutPlanAsync(operation.Id, ImportPlan.Of(type, check), cancellationToken);
        return await WriteAsync(operation, order, type, check.Counts, check.Writes, [], progress, cancellationToken);
    }

    private async Task<OperationEnd> WriteAsync(Operation operation, ImportOrder order, RecordType type, ImportCounts counts,
        IReadOnlyList<ImportItem> items, IReadOnlyList<(ImportItem Item, bool Wrote)> settled, Func<int, int, CancellationToken, Task> progress,
        CancellationToken cancellationToken)
    {
        var (gate, meanwhile, done, total) = (new SemaphoreSlim(1), new ImportFaults(), 0, items.Count + settled.Count);
        using var end = gate;
        await progress(settled.Count, total, cancellationToken);
        foreach (var (item, wrote) in settled)
            await SettleAsync(item, wrote, cancellationToken);
        await new ImportWriter(store, type, operation.Actor, SettleAsync).WriteAsync(items, cancellationToken);
        if (meanwhile.Count > 0)
            await files.PutReportAsync(operation.Id, ImportReport.With(
                await files.ReportAsync(operation.Id, cancellationToken) ?? ImportReport.Text(new()), meanwhile), cancellationToken);
        return new(null) { Import = ImportReport.Counts(order, counts) };

        async Task SettleAsync(ImportItem item, bool wrote, CancellationToken token)
        {
            await gate.WaitAsync(token);
            try
            {
                done++;
                if (!wrote)
                {
                    counts = item.Current is null ? counts with { Inserted = counts.Inserted - 1, SkippedDiffers = counts.SkippedDiffers + 1 }
                        : counts with { Updated = counts.Updated - 1, SkippedDiffers = counts.SkippedDiffers + 1 };
                    meanwhile.Add(RowFault.Of(item.Row, "changed_meanwhile", new($"{type.Name}/{item.Id} was written by somebody else meanwhile.",
                        $"{type.Name}/{item.Id} 在导入期间已被他人写入。"), null, item.Id));
                }

                await progress(done, total, token);
            }
            finally
            {
                gate.Release();
            }
        }
    }
}
