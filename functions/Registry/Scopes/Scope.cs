using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>
/// Which countries a figure is about: a frozen list (<c>list</c>), or all that have one of the statuses on the figure's date (<c>status</c>).
/// </summary>
public sealed class Scope : Record
{
    public const string List = "list";
    public const string ByStatus = "status";

    private static readonly Fields<Scope> F = new();

    private static readonly CodeList Kinds = new((List, "List of countries", "国家列表"), (ByStatus, "By SCO status", "按上合组织身份"));

    internal static readonly RecordType<Scope> Type = new("scopes", new("Scopes", "统计范围"), () => new Scope(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", s => s.NameEn, (s, v) => s.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", s => s.NameZh, (s, v) => s.NameZh = v!, required: true),
        F.Code("kind", "Kind", "类型", Kinds, s => s.Kind, (s, v) => s.Kind = v!, required: true),
        F.References("countryIds", "Countries", "国家", "countries", s => s.CountryIds, (s, v) => s.CountryIds = v),
        F.Codes("statuses", "SCO statuses", "上合组织身份", Registry.ScoStatus.Statuses, s => s.Statuses, (s, v) => s.Statuses = v),
        F.References("exceptCountryIds", "Except", "不含", "countries", s => s.ExceptCountryIds, (s, v) => s.ExceptCountryIds = v),
        F.Note(s => s.Note, (s, v) => s.Note = v),
    ],
    HasItsMembers);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public IReadOnlyList<string> CountryIds { get; private set; } = [];

    public IReadOnlyList<string> Statuses { get; private set; } = [];

    public IReadOnlyList<string> ExceptCountryIds { get; private set; } = [];

    public string? Note { get; private set; }

    /// <summary>A scope that is not kept as a record: all countries with one of the statuses, except one.</summary>
    internal static Scope Having(string id, IReadOnlyList<string> statuses, string exceptCountryId) =>
        new() { Id = id, Kind = ByStatus, Statuses = statuses, ExceptCountryIds = [exceptCountryId] };

    /// <summary>A scope that is not kept as a record: these countries.</summary>
    internal static Scope Listing(string id, IReadOnlyList<string> countryIds) => new() { Id = id, Kind = List, CountryIds = countryIds };

    private static void HasItsMembers(Scope scope, RegistrySnapshot registry, ValidationContext validation)
    {
        if (scope.Kind == List && scope.CountryIds.Count == 0)
            validation.Refuse("/countryIds", "scope_empty", "A list needs its countries.", "名单范围必须列出国家。");
        if (scope.Kind == List && scope.Statuses.Count > 0)
            validation.Refuse("/statuses", "scope_kind", "A list takes no statuses.", "名单范围不使用身份。");
        if (scope.Kind == ByStatus && scope.Statuses.Count == 0)
            validation.Refuse("/statuses", "scope_empty", "A scope by status needs its statuses.", "按身份统计的范围必须列出身份。");
        if (scope.Kind == ByStatus && scope.CountryIds.Count > 0)
            validation.Refuse("/countryIds", "scope_kind", "A scope by status takes no list of countries.", "按身份统计的范围不使用国家名单。");
    }
}
