using System.Collections.Frozen;
using System.Reflection;
using FriendCity.Http;
using Scalar.AspNetCore;

namespace FriendCity.OpenApi.Reference;

/// <summary>
/// The files of the reference: Scalar's script as its package embeds it, compressed already, and ours that starts it. Its own mapping of
/// endpoints has no place in a worker.
/// </summary>
internal static class ReferenceAssets
{
    private static readonly Lazy<FrozenDictionary<string, StaticFile>> All = new(Read);

    public static StaticFile? Find(string name) => All.Value.GetValueOrDefault(name);

    private static FrozenDictionary<string, StaticFile> Read()
    {
        var (scalar, own) = (typeof(ScalarOptions).Assembly, typeof(ReferenceAssets).Assembly);
        return new (string Name, Assembly Assembly, string Folder)[]
        {
            ("scalar.js", scalar, "ScalarStaticAssets."), ("favicon.svg", scalar, "ScalarStaticAssets."),
            ("start.js", own, "reference/"), ("start.css", own, "reference/"),
        }.ToFrozenDictionary(file => file.Name, file =>
            StaticFile.Of(file.Name, StaticFile.Embedded(file.Assembly, file.Folder + file.Name), isCompressed: file.Assembly == scalar));
    }
}
