using FriendCity.Http.Errors;
using FriendCity.Operations;
using FriendCity.Records;
using FriendCity.Records.Formats.Reading;
using FriendCity.Records.Import;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;

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
        var (form, type) = (ImportForm.Of(order.Format), Type(order));
        await using var file = await FileAsync(operation, cancellationToken);
        var registry = await replica.ReadAsync(cancellationToken);
        if (await files.PlanAsync(operation.Id, cancellationToken) is { } plan)
        {
            var resume = new ImportResume(store, type, operation.Actor, plan, registry);
            await resume.RunAsync(form.Open(type, file), cancellationToken);
            return await WriteAsync(operation, order, type, plan.Counts, resume.Left, resume.Settled, progress, cancellationToken);
        }

        var check = new ImportCheck(type, order.Mode, order.Skip, order.AllowDuplicate, registry, () => Ulid.New(feed.Now));
        try
        {
            await Task.Run(() => check.Run(form.Open(type, file), cancellationToken), cancellationToken);
        }
        catch (SourceException whole)
        {
            check.Faults.AddRange(whole.Faults);
            await files.PutReportAsync(operation.Id, ImportReport.Text(check.Faults), cancellationToken);
            return new(null, Problems.ImportRefused, $"The file cannot be taken: {whole.Message} Nothing was written.");
        }

        await files.PutReportAsync(operation.Id, ImportReport.Text(check.Faults), cancellationToken);
        if (check.Faults.Count > 0)
            await files.PutMarkedAsync(operation.Id, form.Format, output => form.Mark(file, output, check.Faults.Kept), cancellationToken);
        return Verdict(order, check) is { } end ? end : await BeginAsync(operation, order, type, check, progress, cancellationToken);
    }

    /// <summary>Counts what was written, by what is stored: the last writes may have ended after they were told of.</summary>
    public async Task<OperationEnd> CancelledAsync(Operation operation, string input, CancellationToken cancellationToken)
    {
        var order = ImportOrder.Read(input);
        if (await files.PlanAsync(operation.Id, cancellationToken) is not { } plan)
            return new(null);
        var type = Type(order);
        await using var file = await FileAsync(operation, cancellationToken);
        var resume = new ImportResume(store, type, operation.Actor, plan, await replica.ReadAsync(cancellationToken));
        await resume.RunAsync(ImportForm.Of(order.Format).Open(type, file), cancellationToken);
        var meanwhile = resume.Settled.Where(each => !each.Wrote).Select(each => ChangedMeanwhile(type, each.Item)).ToList();
        await TellAsync(operation, meanwhile, cancellationToken);
        return new(null)
        {
            Done = resume.Settled.Count,
            Import = ImportReport.Counts(order, plan.Counts with
            {
                Inserted = resume.Settled.Count(each => each is { Wrote: true, Item.Current: null }),
                Updated = resume.Settled.Count(each => each is { Wrote: true, Item.Current: not null }),
                SkippedDiffers = plan.Counts.SkippedDiffers + meanwhile.Count,
            }),
        };
    }

    private RecordType Type(ImportOrder order) => types.Find(order.Type) ?? throw new FormatException($"There is no record type '{order.Type}'.");

    private async Task<Stream> FileAsync(Operation operation, CancellationToken cancellationToken) =>
        await files.UploadAsync(operation.Id, cancellationToken) ?? throw new InvalidDataException("The uploaded file is gone.");

    /// <summary>Why nothing is to be written; null when something is.</summary>
    private static OperationEnd? Verdict(ImportOrder order, ImportCheck check)
    {
        var counts = check.Counts;
        if (counts.Refused > 0 && !order.Skip)
            return new(null, Problems.ImportRefused, $"Rows at fault: {counts.Refused} of {check.Rows}; nothing was written.")
            {
                Import = ImportReport.Counts(order, counts with { Inserted = 0, Updated = 0 }),
            };
        if (counts.Affected > order.MaxAffected)
            return new(null, Problems.MaxAffected,
                $"Records that would be written: {counts.Affected}, at most {order.MaxAffected} may be; nothing was.")
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
        var (gate, meanwhile, done, total) = (new SemaphoreSlim(1), new List<RowFault>(), 0, items.Count + settled.Count);
        using var end = gate;
        await progress(settled.Count, total, cancellationToken);
        foreach (var (item, wrote) in settled)
            await SettleAsync(item, wrote, cancellationToken);
        await new ImportWriter(store, type, operation.Actor, SettleAsync).WriteAsync(items, cancellationToken);
        await TellAsync(operation, meanwhile, cancellationToken);
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
                    meanwhile.Add(ChangedMeanwhile(type, item));
                }

                await progress(done, total, token);
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private static RowFault ChangedMeanwhile(RecordType type, ImportItem item) => RowFault.Of(item.Row, "changed_meanwhile", new(
        $"{type.Name}/{item.Id} was written by somebody else meanwhile.", $"{type.Name}/{item.Id} 在导入期间已被他人写入。"), null, item.Id);

    /// <summary>Adds to the report what came up while rows were written.</summary>
    private async Task TellAsync(Operation operation, List<RowFault> meanwhile, CancellationToken cancellationToken)
    {
        if (meanwhile.Count == 0)
            return;
        var more = new ImportFaults();
        more.AddRange(meanwhile);
        await files.PutReportAsync(operation.Id, ImportReport.With(
            await files.ReportAsync(operation.Id, cancellationToken) ?? ImportReport.Text(new()), more), cancellationToken);
    }
}
