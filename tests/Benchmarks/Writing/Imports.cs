using System.Diagnostics;
using System.Globalization;
using FriendCity.Benchmarks.Store;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks.Writing;

/// <summary>The command that imports a folder, from its start to its end, beside raw batches of the same rows.</summary>
internal static class Imports
{
    private const int Turns = 2;
    private const double Part = 0.8;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var (options, store) = (context.Options, await context.StoreAsync());
        var (count, ours, raw) = (options.Rows, new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            ours.Add(count / (await ImportAsync(options.App, await AccountAsync(store), store.Draw(0, count))).TotalSeconds);
            raw.Add(count / (await PutAsync(await AccountAsync(store), store.Draw(0, count))).TotalSeconds);
        }

        return
        [
            Line.AtLeast(string.Create(CultureInfo.InvariantCulture, $"import of {count:#,0} projects by the command"), "rows/s", Rounds.Median(ours),
                Rounds.Median(raw), Part, "raw batches"),
        ];
    }

    public static async Task<string> AccountAsync(BenchStore store)
    {
        var account = store.EmptyAccount();
        await BenchStore.PutSampleAsync(account);
        return account;
    }

    public static async Task<TimeSpan> PutAsync(string account, IEnumerable<Project> projects)
    {
        List<Record> records = [.. projects];
        var begun = Stopwatch.GetTimestamp();
        await RawRows.PutAsync(RawRows.Tables(account), Project.Type, records);
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>The whole life of the importing process.</summary>
    private static async Task<TimeSpan> ImportAsync(string app, string account, IEnumerable<Project> projects)
    {
        var folder = Scratch.Folder("import");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "projects.json"), Text(projects));
            return await ServerProcess.RunAsync(app, account, "import", folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static string Text(IEnumerable<Project> projects) => Json.Text(writer =>
    {
        writer.WriteStartArray();
        foreach (var project in projects)
        {
            writer.WriteStartObject();
            writer.WriteString("id", project.Id);
            Project.Type.WriteFields(writer, project);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
