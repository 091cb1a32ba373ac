using FriendCity.Records;
using FriendCity.Records.Import;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Support;

/// <summary>The record engine of one instance of the service, without its doors.</summary>
internal sealed class Instance : IDisposable
{
    private readonly LoggerFactory _factory;

    public Instance(ITableStorage tables, StorageClock clock, TimeProvider time, RecordTypes types, ReplicaOptions? options = null,
        int manyEntries = ChangeFeed.ManyUsually)
    {
        _factory = new LoggerFactory([Log]);
        Quarantine = new Quarantine(_factory.CreateLogger<Quarantine>());
        Feed = new ChangeFeed(tables, clock, Quarantine, _factory.CreateLogger<ChangeFeed>()) { Many = manyEntries };
        Watch = new WriteWatch(tables, Feed, time, _factory.CreateLogger<WriteWatch>());
        Store = new RecordStore(tables, Feed, Watch, Quarantine, _factory.CreateLogger<RecordStore>());
        Replica = new Replica(new ReplicaLoader(tables, Feed, types, Quarantine, _factory.CreateLogger<ReplicaLoader>()), Feed, time, options
            ?? ReplicaOptions.Default);
        Importer = new Importer(Replica, Store, types);
    }

    public Instance(FakeTables tables, TimeProvider time, ReplicaOptions? options = null, int manyEntries = ChangeFeed.ManyUsually)
        : this(tables, tables.Clock, time, NoteRecord.Types, options, manyEntries)
    {
    }

    public LogCapture Log { get; } = new();

    public Quarantine Quarantine { get; }

    public ChangeFeed Feed { get; }

    public WriteWatch Watch { get; }

    public RecordStore Store { get; }

    public Replica Replica { get; }

    public Importer Importer { get; }

    /// <summary>Over the emulator, or a proxy in front of it.</summary>
    public static Instance Over(string connectionString, RecordTypes types, StorageOptions? options = null)
    {
        var clock = new StorageClock(TimeProvider.System);
        return new Instance(new AzureTableStorage(StorageAccount.Parse(connectionString), clock, TimeProvider.System, options
            ?? StorageOptions.Default), clock, TimeProvider.System, types);
    }

    /// <summary>Stores the next version of a memo, whatever the current one says.</summary>
    public Task<WriteOutcome> WriteAsync(string id, string text) =>
        Store.WriteAsync(NoteRecord.Type, id, "tests", _ => new WritePlan.Store(NoteRecord.Of(text)), CancellationToken.None);

    public async Task<NoteRecord?> ReadAsync(string id) => (await Replica.ReadAsync(CancellationToken.None)).Of(NoteRecord.Type).Get(id);

    public void Dispose()
    {
        Watch.Dispose();
        _factory.Dispose();
    }
}
