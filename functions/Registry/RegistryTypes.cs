using FriendCity.Records;

namespace FriendCity.Registry;

/// <summary>All record types, in an order in which references point backwards. Adding one is adding a folder and a line here.</summary>
internal static class RegistryTypes
{
    public static RecordTypes All { get; } = new(
        Country.Type,
        Scope.Type,
        City.Type,
        Tag.Type,
        Organisation.Type,
        OfficialRole.Type,
        Milestone.Type,
        SourceDocument.Type,
        Centre.Type,
        Sector.Type,
        Mechanism.Type,
        Platform.Type,
        Corridor.Type,
        Network.Type,
        TransportLink.Type,
        RegionStrategy.Type,
        HomeDemand.Type,
        MatchWeights.Type,
        PolicyProfile.Type,
        CountryRisk.Type,
        ExchangeRate.Type,
        Target.Type,
        ReportedFigure.Type,
        Relationship.Type,
        Project.Type,
        Activity.Type,
        Agreement.Type,
        Directive.Type,
        SourceConflict.Type);
}
