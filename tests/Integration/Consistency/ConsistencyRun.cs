using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using FriendCity.Access;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Consistency;

/// <summary>Eight writers and sixteen readers of three instances over one account, following a plan.</summary>
internal sealed class ConsistencyRun : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(2);

    private readonly ConsistencyPlan _plan;
    private readonly InstanceProcess[] _instances;
    private readonly ConcurrentQueue<Task> _outstanding = [];
    private readonly CancellationTokenSource _end = new();
    private Task _traffic = Task.CompletedTask;
    private volatile int _frozen = -1;

    private readonly DateTimeOffset _hourEnds;

    private ConsistencyRun(ConsistencyPlan plan, InstanceProcess[] instances, TimeSpan hourEndsIn) =>
        (_plan, _instances, _hourEnds) = (plan, instances, TimeProvider.System.GetUtcNow() + hourEndsIn);

    public Acknowledgements Told { get; } = new();

    /// <summary>Storage's time has come to a full hour.</summary>
    public bool HourEnded => TimeProvider.System.GetUtcNow() > _hourEnds;

    /// <param name="hourEndsIn">When that is, from the moment all instances are ready: a start takes as long as it takes.</param>
    /// <param name="options">For every instance, besides the plan's.</param>
    public static async Task<ConsistencyRun> StartAsync(ConsistencyPlan plan, string connectionString, TimeSpan hourEndsIn, params string[] options)
    {
        using var keys = new AccessKeys(Tables(connectionString), TimeProvider.System);
        var key = (await keys.AddAsync("tests", (Scopes)15, null, CancellationToken.None)).Text;
        var instances = await Task.WhenAll(Enumerable.Range(0, ConsistencyPlan.Instances).Select(i =>
            InstanceProcess.StartAsync(connectionString, key, [.. plan.Options(i), .. options])));
        foreach (var instance in instances)
            (await instance.Client.GetAsync("health/ready")).EnsureSuccessStatusCode();
        var run = new ConsistencyRun(plan, instances, hourEndsIn);
        await run.ShiftAsync();
        for (var n = 0; n < 12; n++)
            await run.WriteAsync(0, HttpMethod.Put, $"t{n}", Tag("new"), "If-None-Match");
        foreach (var instance in instances)
            await instance.TellAsync("harm");
        run._traffic = Task.WhenAll([.. plan.Writing.Select((steps, i) => run.WorkAsync(i, steps, run.WriteAsync)),
            .. plan.Reading.Select((steps, i) => run.WorkAsync(i, steps, run.ReadAsync))]);
        return run;
    }

    /// <summary>Each instance learns storage's shifted time by an answer of storage, before anything is written.</summary>
    private async Task ShiftAsync()
    {
        var shift = Math.Round((TimeSpan.FromHours(1) - new TimeSpan(_hourEnds.Ticks % TimeSpan.TicksPerHour)).TotalSeconds);
        foreach (var instance in _instances)
            await instance.TellAsync(string.Create(CultureInfo.InvariantCulture, $"shift {shift}"));
        foreach (var instance in _instances)
            (await instance.Client.GetAsync("api/v1/tags?$top=1")).EnsureSuccessStatusCode();
    }

    /// <summary>Goes on until the condition holds.</summary>
    public async Task UntilAsync(Func<Acknowledgements, bool> holds)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!holds(Told) && TimeProvider.System.GetElapsedTime(begun) < LongPatience && !_traffic.IsCompleted)
            await Task.Delay(20);
    }

    /// <summary>One process stands still, with commits on their way, while the others go on; then it goes on too.</summary>
    public async Task FreezeAsync(TimeSpan time)
    {
        var instance = _instances[_plan.Frozen];
        await instance.TellAsync("hold 3");
        // Nobody else writes these: their pointers are stored, their commits held, and land after the thaw.
        for (var n = 0; n < 6; n++)
            _outstanding.Enqueue(WriteAsync(_plan.Frozen, HttpMethod.Put, $"late{n}", Tag("late"), "If-None-Match"));
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        instance.Freeze();
        _frozen = _plan.Frozen;
        await Task.Delay(time);
        instance.Thaw();
        _frozen = -1;
        await instance.TellAsync("calm");
        await instance.TellAsync("harm");
    }

    /// <summary>Ends the traffic, waits for what is outstanding, and reads everything from every instance once more.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _traffic.WaitAsync(LongPatience);
        await Task.WhenAll(_outstanding).WaitAsync(LongPatience);
        foreach (var instance in _instances)
            await instance.TellAsync("calm");
        for (var i = 0; i < _instances.Length; i++)
            await ReadAsync(i, new Step(i, 0, Other: true, TimeSpan.Zero));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        // Requests break off when their process ends.
        await Task.WhenAny(Task.WhenAll([_traffic, .. _outstanding]), Task.Delay(Timeout));
        _end.Dispose();
    }

    private async Task WorkAsync(int worker, IReadOnlyList<Step> steps, Func<int, Step, Task> act)
    {
        for (var n = 0; !_end.IsCancellationRequested; n++)
        {
            var step = steps[n % steps.Count];
            if (step.Instance == _frozen)
                continue;
            var acting = act((worker * steps.Count) + n, step);
            // What meets the frozen instance goes on by itself, and the worker elsewhere.
            await Task.WhenAny(acting, Task.Delay(Timeout));
            if (acting.IsCompleted)
                await acting;
            else
                _outstanding.Enqueue(acting);
            await Task.Delay(step.Pause);
        }
    }

    private Task WriteAsync(int number, Step step) => step.Other
        ? WriteAsync(step.Instance, HttpMethod.Put, $"n{number}", Tag("new"), "If-None-Match")
        : WriteAsync(step.Instance, HttpMethod.Patch, $"t{step.Record % 12}", $$"""{"note":"{{number}}"}""", "If-Match");

    private async Task WriteAsync(int instance, HttpMethod method, string id, string body, string condition)
    {
        using var request = new HttpRequestMessage(method, $"api/v1/tags/{id}");
        request.Content = new StringContent(body, Encoding.UTF8, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json");
        request.Headers.TryAddWithoutValidation(condition, "*");
        using var answer = await _instances[instance].Client.SendAsync(request);
        if (answer.IsSuccessStatusCode)
            Told.Acknowledge(id, Version(answer));
        else if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            Told.Unheard();
        else
            // Too many others were faster.
            Assert.True(answer.StatusCode == HttpStatusCode.PreconditionFailed, await answer.Content.ReadAsStringAsync());
    }

    private async Task ReadAsync(int number, Step step)
    {
        var expected = Told.Now;
        var id = expected.Keys.Order(StringComparer.Ordinal).ElementAt(step.Record % expected.Count);
        using var answer = await _instances[step.Instance].Client.GetAsync(step.Other
            ? "api/v1/tags?$top=1000&$select=version" : $"api/v1/tags/{id}");
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            Told.Refuse();
        else if (step.Other)
            await CheckListAsync(answer, step, expected);
        else
            Told.Check($"Instance {step.Instance}", expected.Where(each => each.Key == id), _ => answer.IsSuccessStatusCode ? Version(answer) : 0);
    }

    private async Task CheckListAsync(HttpResponseMessage answer, Step step, IEnumerable<KeyValuePair<string, long>> expected)
    {
        var list = JObject.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        Assert.Null((string?)list["nextLink"]);
        var seen = list["value"]!.ToDictionary(row => (string)row["id"]!, row => (long)row["version"]!, StringComparer.Ordinal);
        Told.Check($"Instance {step.Instance}'s list", expected, id => seen.GetValueOrDefault(id));
    }

    private static long Version(HttpResponseMessage answer) => long.Parse(answer.Headers.ETag!.Tag.Trim('"'), CultureInfo.InvariantCulture);

    private static string Tag(string name) => $$"""{"nameEn":"{{name}}","nameZh":"新","kind":"goal"}""";

    private static AzureTableStorage Tables(string connectionString) =>
        new(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, StorageOptions.Default);
}
