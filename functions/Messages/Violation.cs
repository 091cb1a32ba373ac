namespace FriendCity.Messages;

/// <param name="Pointer">RFC 6901 JSON pointer to the fault in the record.</param>
/// <param name="Rule">A stable code.</param>
public sealed record Violation(string Pointer, string Rule, Text Message);

/// <summary>Collects the faults found while one record is read and checked.</summary>
internal sealed class ValidationContext
{
    /// <summary>More faults than this help nobody, and a body of a megabyte can hold a hundred thousand.</summary>
    private const int Most = 100;

    private readonly List<Violation> _violations = [];

    /// <summary>What is read was stored before: rules of form that are younger than it do not keep it from being read.</summary>
    public bool Stored { get; init; }

    public IReadOnlyList<Violation> Violations => _violations;

    public bool Failed => Refused > 0;

    /// <summary>How many faults were found, those over the limit included: whoever reads a part sees whether it had any of its own.</summary>
    public int Refused { get; private set; }

    public void Refuse(string pointer, string rule, string en, string zh)
    {
        Refused++;
        if (_violations.Count < Most)
            _violations.Add(new Violation(pointer, rule, new Text(en, zh)));
    }
}
