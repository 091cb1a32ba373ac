using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Formats.Reading;

/// <summary>A record as a file has it: the members that it names, with null for those that it empties.</summary>
/// <param name="Faults">What of it could not be read.</param>
/// <param name="Entries">For each list on a sheet of its own, the rows of its entries there.</param>
internal sealed record SourceRow(int Number, JObject Json, IReadOnlyList<RowFault> Faults, IReadOnlyDictionary<string, int[]>? Entries = null);

/// <summary>The records of a file, read as they are asked for, and what its columns are called.</summary>
internal sealed record RowSource(IEnumerable<SourceRow> Rows, FilePlaces Places);
