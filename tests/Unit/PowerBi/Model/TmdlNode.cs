namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>An object of a TMDL file: its kind and name, what stands behind its "=", its properties and the objects in it.</summary>
/// <param name="Name">Without quotes; "" for kinds that have none.</param>
/// <param name="Place">File and line, for messages.</param>
/// <param name="Description">The lines behind <c>///</c> above it.</param>
internal sealed record TmdlNode(string Kind, string Name, string Place, string? Description, string? Value)
{
    /// <summary>Flags have the value "".</summary>
    public Dictionary<string, string> Properties { get; } = [];

    public List<TmdlNode> Children { get; } = [];

    public IEnumerable<TmdlNode> Of(string kind) => Children.Where(child => child.Kind == kind);

    public string? this[string property] => Properties.GetValueOrDefault(property);

    public bool Is(string flag) => Properties.TryGetValue(flag, out var value) && value is "" or "true";
}

/// <summary>A line that is no TMDL, or none that we write.</summary>
internal sealed class TmdlException(string place, string message) : Exception($"{place}: {message}");
