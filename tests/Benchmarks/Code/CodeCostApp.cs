using FriendCity.Access;
using FriendCity.Benchmarks.Instances;
using FriendCity.Records.Replication;
using FriendCity.RecordsApi;
using FriendCity.Storage.Tables;
using Microsoft.Extensions.Hosting;

namespace FriendCity.Benchmarks.Code;

/// <summary>
/// The functions of records in this process, called on a context of their own: no server, no host, no access check, and polls of the change
/// feed answered from memory. What is left is what the code itself takes.
/// </summary>
internal sealed class CodeCostApp : IAsyncDisposable
{
    /// <summary>A poll that so many readers wait for begins at once.</summary>
    private const int InFlight = 64;

    private static readonly Caller Caller = new("bench", (Scopes)15);

    private readonly IHost _app;
    private readonly RecordFunctions _records;

    private CodeCostApp(IHost app)
    {
        _app = app;
        _records = ActivatorUtilities.CreateInstance<RecordFunctions>(app.Services);
    }

    /// <summary>All records are loaded.</summary>
    public static async Task<CodeCostApp> OpenAsync(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["AzureWebJobsStorage"] = connectionString;
        builder.Services.AddFriendCity(builder.Configuration);
        builder.Services.AddSingleton<ITableStorage>(provider =>
            new StalePolls(ActivatorUtilities.CreateInstance<AzureTableStorage>(provider), TimeProvider.System, TimeSpan.MaxValue));
        var app = builder.Build();
        await app.Services.GetRequiredService<Replica>().ReadAsync(CancellationToken.None);
        return new CodeCostApp(app);
    }

    /// <summary>What one call takes of the processors, which other programs do not lengthen, and of the heap.</summary>
    /// <param name="addresses">Records and lists of projects; each is asked for in turn.</param>
    public async Task<(double Microseconds, double Bytes)> MeasureAsync(IReadOnlyList<Uri> addresses, int calls)
    {
        GC.Collect();
        var (processors, bytes, next) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), -1);
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            for (int n; (n = Interlocked.Increment(ref next)) < calls;)
                await CallAsync(addresses[n % addresses.Count]);
        })));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return ((Environment.CpuUsage.TotalTime - processors).TotalMicroseconds / calls, allocated / (double)calls);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is IAsyncDisposable app)
            await app.DisposeAsync();
    }

    private async Task CallAsync(Uri address)
    {
        var context = new DefaultHttpContext { RequestServices = _app.Services };
        context.Features.Set(Caller);
        context.Request.Method = HttpMethods.Get;
        context.Request.Scheme = address.Scheme;
        context.Request.Host = new HostString(address.Authority);
        context.Request.Path = address.AbsolutePath;
        context.Request.QueryString = new QueryString(address.Query);
        context.Response.Body = Stream.Null;
        var result = address.Segments is [.., "projects/", var id]
            ? await _records.Item(context.Request, "projects", id, CancellationToken.None)
            : await _records.Collection(context.Request, "projects", CancellationToken.None);
        await result.ExecuteAsync(context);
        await context.Response.CompleteAsync();
        if (context.Response.StatusCode != StatusCodes.Status200OK)
            throw new InvalidOperationException($"{address} answered {context.Response.StatusCode}.");
    }
}
