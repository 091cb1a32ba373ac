using FriendCity.Records;
using FriendCity.Records.Import;
using FriendCity.Registry;

namespace FriendCity.Tests.Support;

/// <summary>The sample records as a view, without storage: every record at version 1.</summary>
internal static class SampleRegistry
{
    private static readonly Lazy<Task<RegistrySnapshot>> Loaded = new(ReadAsync);

    public static Task<RegistrySnapshot> LoadAsync() => Loaded.Value;

    private static Task<RegistrySnapshot> ReadAsync() => LoadAsync((_, _) => true);

    /// <summary>Those of the sample's records that are wanted, by their type's name.</summary>
    public static Task<RegistrySnapshot> LoadAsync(Func<string, FriendCity.Records.Record, bool> keep) => LoadAsync(Sample.Folder, keep);

    /// <summary>Likewise of another folder in import form.</summary>
    public static async Task<RegistrySnapshot> LoadAsync(string folder, Func<string, FriendCity.Records.Record, bool> keep)
    {
        var (rows, faults) = await ImportFile.ReadFolderAsync(folder, RegistryTypes.All, CancellationToken.None);
        if (faults.Count > 0)
            throw new InvalidDataException($"The sample has faults: {faults[0].Place} {faults[0].Violation}");

        foreach (var row in rows)
            row.Record.Version = 1;
        var records = rows.Where(row => keep(row.Type.Name, row.Record)).GroupBy(row => row.Type.Name)
            .ToDictionary(type => type.Key, type => type.Select(row => row.Record).ToList());
        return RegistrySnapshot.Empty(RegistryTypes.All).With(records, new DateTimeOffset(2026, 11, 22, 11, 59, 0, TimeSpan.Zero));
    }
}
