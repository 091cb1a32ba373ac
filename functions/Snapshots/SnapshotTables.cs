namespace FriendCity.Snapshots;

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
    ];

    public static SnapshotTable? Find(string name) => All.FirstOrDefault(table => table.Name == name);
}
