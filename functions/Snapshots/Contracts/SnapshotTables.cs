using FriendCity.Snapshots.Tables;

namespace FriendCity.Snapshots.Contracts;

/// <summary>All tables of a snapshot. Columns are only ever added at the end, and nullable: readers may take them by position.</summary>
internal static class SnapshotTables
{
    public static readonly IReadOnlyList<SnapshotTable> All =
    [
        DateTable.Table,
        CountryTable.Table,
        CityTable.Table,
        SectorTable.Table,
        CentreTable.Table,
        KpiTable.Table,
        StageTable.Table,
        ProjectTable.Table,
        ActivityTable.Table,
        EmbeddingTable.Table,
        KpiDaily.Table,
        KpiCityDaily.Table,
        AlertTable.Table,
        CodeTable.Table,
    ];

    /// <summary>What is computed and not just read. The daily ones come first; alerts rest on what figures have worked out.</summary>
    public static readonly IReadOnlyList<SnapshotTable> OfFigures = [.. DailyFormats.Tables, AlertTable.Table];

    public static SnapshotTable? Find(string name) => All.FirstOrDefault(table => table.Name == name);
}
