using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records;

/// <summary>
/// Some minutes in the life of three instances, drawn from a seed: writers whose storage calls are delayed, lose their answers or never
/// end, clocks that are wrong by up to 1.5 s, sparse and failing polls. Only one activity moves at a time; time passes between moves. In
/// every other world one entry is many, so that polls ask two questions at a time.
/// </summary>
internal sealed class ConsistencySimulation
{
    private const double Span = 400;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly string[] Ids = ["a", "b", "c", "d", "e", "f"];

    private readonly Random _random;
    private readonly InvalidCase _flaw;
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 1, 9, 57, 0, TimeSpan.Zero));
    private readonly FakeTableData _data = new();
    private readonly PriorityQueue<Func<Task>, double> _events = new();
    private readonly AsyncLocal<Activity?> _activity = new();
    private readonly Dictionary<string, long> _acknowledged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _operations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _secondEntries = new(StringComparer.Ordinal);
    private readonly List<(FakeTables Tables, Instance Instance)> _instances = [];
    private double _now;

    private ConsistencySimulation(int seed, InvalidCase flaw)
    {
        (_random, _flaw) = (new Random(seed), flaw);
        for (var i = 0; i < 3; i++)
        {
            var tables = new FakeTables(_clock, _data) { Skew = Skew(), Before = BeforeAsync, After = AfterAsync, Hidden = IsHidden };
            _instances.Add((tables, new Instance(tables, _clock, manyEntries: seed % 2 == 0 ? 1 : ChangeFeed.ManyUsually)));
        }
    }

    public int Reads { get; private set; }

    public int Misses { get; private set; }

    public int Acknowledged { get; private set; }

    public static async Task<ConsistencySimulation> RunAsync(int seed, InvalidCase flaw)
    {
        var simulation = new ConsistencySimulation(seed, flaw);
        foreach (var (_, instance) in simulation._instances)
            await instance.Replica.ReadAsync(CancellationToken.None);
        for (var i = 0; i < 60; i++)
            simulation.At(simulation.Uniform(0, Span), simulation.WriteAsync);
        foreach (var read in simulation._instances.Select(each => simulation.Reader(each.Instance)).ToList())
            for (var t = 0.0; t < Span; t += simulation._random.Next(3) switch
            {
                0 => simulation.Uniform(0, 0.5),
                1 => simulation.Uniform(0, 5),
                _ => simulation.Uniform(20, 120)
            })
                simulation.At(t, read);
        while (simulation.Next() is var (happens, at))
        {
            simulation._clock.Advance(TimeSpan.FromSeconds(Math.Max(0, at - simulation._now)));
            simulation._now = at;
            await happens();
        }

        foreach (var (_, instance) in simulation._instances)
            instance.Dispose();
        return simulation;
    }

    private double Uniform(double from, double to) => from + (_random.NextDouble() * (to - from));

    private TimeSpan Skew() => TimeSpan.FromSeconds(Uniform(-1.5, 1.5));

    private void At(double time, Func<Task> happens)
    {
        // The second of two questions may just be on its way while the driver goes on.
        lock (_events)
            _events.Enqueue(happens, time);
    }

    private (Func<Task> Happens, double At)? Next()
    {
        lock (_events)
            return _events.TryDequeue(out var happens, out var at) ? (happens, at) : null;
    }

    private async Task WriteAsync()
    {
        var (tables, instance) = _instances[_random.Next(_instances.Count)];
        if (_random.Next(20) == 0)
            tables.Skew = Skew();
        var id = Ids[_random.Next(Ids.Length)];
        var activity = new Activity
        {
            PointerDelay = _random.Next(10) == 0 ? Uniform(0, 28) : Uniform(0, 0.2),
            CommitDelay = _random.Next(5) == 0 ? Uniform(20, 90) : Uniform(0, 18),
            AnswerDelay = Uniform(0, 1),
            AnswerLost = _random.Next(6) == 0,
            Ends = _random.Next(10) != 0,
        };
        await MoveAsync(activity, async () =>
        {
            if (await instance.WriteAsync(id, "text") is not WriteOutcome.Stored stored)
                return;
            _acknowledged[id] = Math.Max(_acknowledged.GetValueOrDefault(id), stored.Record.Version);
            Acknowledged++;
        });
    }

    private Func<Task> Reader(Instance instance)
    {
        RegistrySnapshot? last = null;
        Task? previous = null;
        return async () =>
        {
            // A second read of this instance would wait for the first one's poll; that is tested apart.
            if (previous is { IsCompleted: false })
                return;
            var expected = new Dictionary<string, long>(_acknowledged, StringComparer.Ordinal);
            var stale = last;
            var activity = new Activity
            {
                QueryDelay = Uniform(0, 0.3),
                AnswerDelay = Uniform(0, 0.3),
                QueryFails = _random.Next(7) == 0,
                Ends = true
            };
            await MoveAsync(activity, async () =>
            {
                last = await instance.Replica.ReadAsync(CancellationToken.None);
                Check(_flaw == InvalidCase.NoBarrier ? stale ?? last : last, expected);
            });
            previous = activity.Task;
        };
    }

    private void Check(RegistrySnapshot registry, Dictionary<string, long> expected)
    {
        foreach (var (id, version) in expected)
        {
            Reads++;
            if ((registry.Of(NoteRecord.Type.Name).Find(id)?.Version ?? 0) < version)
                Misses++;
        }
    }

    /// <summary>Starts an activity and lets it go on until it waits for time to pass.</summary>
    private async Task MoveAsync(Activity activity, Func<Task> act)
    {
        activity.Parked = Signal();
        _activity.Value = activity;
        activity.Task = Task.Run(async () =>
        {
            try
            {
                await act();
            }
            catch (StorageException)
            {
                // Neither an acknowledgement nor an answer.
            }
        });
        _activity.Value = null;
        await RestAsync(activity);
    }

    private static async Task RestAsync(Activity activity)
    {
        await Task.WhenAny(activity.Task, activity.Parked.Task).WaitAsync(Timeout);
        if (activity.Task.IsCompleted)
            await activity.Task;
    }

    private Task PassAsync(Activity activity, double seconds)
    {
        var (resume, parked) = (Signal(), activity.Parked);
        At(_now + seconds, async () =>
        {
            activity.Parked = Signal();
            resume.SetResult();
            await RestAsync(activity);
        });
        parked.TrySetResult();
        return resume.Task;
    }

    /// <summary>Questions that a poll asks at the same time travel together.</summary>
    private Task PassTogetherAsync(Activity activity, double seconds)
    {
        lock (activity)
            return activity.Travel = activity.Travel is { IsCompleted: false } other ? other : PassAsync(activity, seconds);
    }

    private async Task BeforeAsync(TableCall call)
    {
        // The watch of a write goes on after the write; it is let through at once.
        if (_activity.Value is not { Task.IsCompleted: false } activity)
            return;
        if (call is { Verb: TableCall.Query, Table: ChangeFeed.Table })
            await PassTogetherAsync(activity, activity.QueryDelay);
        else if (call is { Verb: TableCall.Submit, Table: ChangeFeed.Table })
            await PassAsync(activity, activity.PointerDelay);
        else if (call.Verb == TableCall.Submit)
            await PassAsync(activity, activity.CommitDelay);
    }

    private async Task AfterAsync(TableCall call)
    {
        if (call is { Verb: TableCall.Submit, Table: ChangeFeed.Table })
            Note(call.Operations[0].Row);
        if (_activity.Value is not { Task.IsCompleted: false } activity)
            return;
        if (call.Verb == TableCall.Submit && call.Table != ChangeFeed.Table)
        {
            if (!activity.Ends)
                await activity.DieAsync();
            await PassAsync(activity, activity.AnswerDelay);
            if (activity.AnswerLost)
                throw new StorageException("The answer is lost.");
        }
        else if (call is { Verb: TableCall.Query, Table: ChangeFeed.Table })
        {
            await PassTogetherAsync(activity, activity.AnswerDelay);
            if (activity.QueryFails)
                throw new StorageException("The poll fails.");
        }
    }

    private void Note(TableRow entry)
    {
        lock (_entries)
        {
            _entries[entry.RowKey] = _clock.GetUtcNow();
            if (!_operations.Add(entry.Text("OperationId")!))
                _secondEntries.Add(entry.RowKey);
        }
    }

    private bool IsHidden(string table, TableRow row)
    {
        lock (_entries)
            return table == ChangeFeed.Table && _flaw switch
            {
                InvalidCase.NoSecondPointer => _secondEntries.Contains(row.RowKey),
                InvalidCase.AgeCut => _clock.GetUtcNow() - _entries[row.RowKey] > ChangeFeed.Horizon,
                _ => false,
            };
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One write or read, and what storage does to its calls.</summary>
    private sealed class Activity
    {
        public Task Task { get; set; } = Task.CompletedTask;

        public TaskCompletionSource Parked { get; set; } = Signal();

        /// <summary>Of its questions to the feed.</summary>
        public Task? Travel { get; set; }

        public double PointerDelay { get; init; }

        public double CommitDelay { get; init; }

        public double QueryDelay { get; init; }

        public double AnswerDelay { get; init; }

        public bool AnswerLost { get; init; }

        public bool QueryFails { get; init; }

        /// <summary>False for a writer that dies before it hears of its commit.</summary>
        public bool Ends { get; init; }

        /// <summary>To the driver a dead writer is one that waits for ever.</summary>
        public Task DieAsync()
        {
            Parked.SetResult();
            return new TaskCompletionSource().Task;
        }
    }
}
