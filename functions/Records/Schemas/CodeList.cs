using System.Collections;
using FriendCity.Messages;

namespace FriendCity.Records.Schemas;

/// <summary>The codes that a field may have, in their order, each with what people call it.</summary>
internal sealed class CodeList(params (string Code, string En, string Zh)[] codes) : IReadOnlyList<string>
{
    private readonly string[] _codes = [.. codes.Select(each => each.Code)];
    private readonly Text[] _labels = [.. codes.Select(each => new Text(each.En, each.Zh))];

    public int Count => _codes.Length;

    public string this[int index] => _codes[index];

    /// <summary>What a code is called; null for one that is not in the list.</summary>
    public Text? Label(string code) => IndexOf(code) is >= 0 and var index ? _labels[index] : null;

    /// <summary>What a code is called; one that is not in the list is its own name.</summary>
    public Text Called(string code) => Label(code) ?? new Text(code, code);

    /// <summary>Where the code stands, from 0; -1 for one that is not in the list.</summary>
    public int IndexOf(string code) => Array.IndexOf(_codes, code);

    public IEnumerator<string> GetEnumerator() => _codes.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
