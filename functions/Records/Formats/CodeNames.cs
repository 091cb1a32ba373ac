using System.Runtime.CompilerServices;
using FriendCity.Messages;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Formats;

/// <summary>The codes of a list by what people call them.</summary>
internal sealed class CodeNames
{
    private static readonly ConditionalWeakTable<CodeList, CodeNames> Known = [];

    private readonly CodeList _codes;

    /// <summary>Null for a name of several.</summary>
    private readonly Dictionary<string, string?> _byName = new(StringComparer.Ordinal);

    private CodeNames(CodeList codes)
    {
        _codes = codes;
        foreach (var code in codes)
            foreach (var name in new[] { code, codes.Label(code)!.En, codes.Label(code)!.Zh }.Select(Folding.Fold).Distinct(StringComparer.Ordinal))
                _byName[name] = _byName.ContainsKey(name) ? null : code;
    }

    public static CodeNames Of(CodeList codes) => Known.GetValue(codes, each => new CodeNames(each));

    /// <summary>What a code is called; the code itself where the name is another's, too.</summary>
    /// <param name="language">Null for codes.</param>
    public string Shown(string code, Language? language) =>
        language is { } spoken && _codes.Label(code)?.In(spoken) is { } label && Find(label) == code ? label : code;

    /// <summary>The code that is meant by a code or a name; null when none is, or several could be.</summary>
    public string? Find(string text) => _codes.IndexOf(text) >= 0 ? text : _byName.GetValueOrDefault(Folding.Fold(text.Trim()));
}
