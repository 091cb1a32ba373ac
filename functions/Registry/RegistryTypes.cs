using FriendCity.Records;

namespace FriendCity.Registry;

/// <summary>All record types. Adding one is adding a folder and a line here.</summary>
internal static class RegistryTypes
{
    public static RecordTypes All { get; } = new(
        Country.Type,
        Scope.Type,
        City.Type,
        Centre.Type,
        Sector.Type,
        Mechanism.Type,
        Platform.Type,
        ExchangeRate.Type,
        Relationship.Type,
        Project.Type,
        Activity.Type);
}
