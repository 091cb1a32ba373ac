using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Schemas;

/// <summary>The fields of a record type or of a nested entry, in the order in which they are written.</summary>
internal sealed class Schema<T>
    where T : Evidence
{
    private readonly Dictionary<string, Field<T>> _byName;
    private readonly Field<T>[] _referring;

    /// <param name="evidence">Whether the fields are followed by those that say where a record comes from.</param>
    public Schema(Func<T> create, IReadOnlyList<Field<T>> fields, bool evidence = true)
    {
        Create = create;
        Fields = evidence ? [.. fields, .. Evidence()] : fields;
        _byName = Fields.ToDictionary(field => field.Name);
        _referring = [.. Fields.Where(field => field.Refers)];
    }

    public Func<T> Create { get; }

    public IReadOnlyList<Field<T>> Fields { get; }

    public Field<T>? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads a whole object: unknown fields and missing required ones are refused, absent others are empty.</summary>
    public void Read(JObject json, T target, string pointer, ValidationContext validation)
    {
        foreach (var property in json.Properties())
            if (!_byName.ContainsKey(property.Name))
                validation.Refuse($"{pointer}/{Json.Escape(property.Name)}", "unknown_field", $"There is no field '{property.Name}'.",
                    $"没有“{property.Name}”这个字段。");

        foreach (var field in Fields)
        {
            if (json.TryGetValue(field.Name, out var token) && token.Type != JTokenType.Null)
                field.Read(token, target, $"{pointer}/{field.Name}", validation);
            else if (field.Required)
                validation.Refuse($"{pointer}/{field.Name}", "required", $"{field.Label.En} is required.", $"必须填写{field.Label.Zh}。");
        }
    }

    public void Write(Utf8JsonWriter writer, T source)
    {
        foreach (var field in Fields)
            field.Write(writer, source);
    }

    public bool Same(T left, T right) => Fields.All(field => field.Same(left, right));

    public IEnumerable<Reference> References(T source, string pointer) => _referring.SelectMany(field => field.References(source, pointer));

    public IEnumerable<ImplausibleDate> Implausible(T source) => Fields.SelectMany(field => field.Implausible(source));

    private static Field<T>[] Evidence()
    {
        var f = new Fields<T>();
        return
        [
            f.Code("scenario", Provenance.ScenarioLabel.En, Provenance.ScenarioLabel.Zh, Provenance.Scenarios, t => t.Scenario,
                (t, v) => t.Scenario = v ?? Provenance.Office),
            f.Code("source", Provenance.SourceLabel.En, Provenance.SourceLabel.Zh, Provenance.Sources, t => t.Source, (t, v) => t.Source = v
                ?? Provenance.OfficeSource),
            f.Text("sourceRef", Provenance.SourceRefLabel.En, Provenance.SourceRefLabel.Zh, t => t.SourceRef, (t, v) => t.SourceRef = v, max: 2000),
        ];
    }
}
