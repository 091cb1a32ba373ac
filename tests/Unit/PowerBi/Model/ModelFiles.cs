using FriendCity.Tests.Support;


namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>The semantic model's files, parsed: what the checks look at.</summary>
internal sealed class ModelFiles
{
    private static readonly string Folder = Repository.At("powerbi", "FriendCity.SemanticModel", "definition");

    private ModelFiles(IReadOnlyList<TmdlNode> objects) => Objects = objects;

    public IReadOnlyList<TmdlNode> Objects { get; }

    public IReadOnlyList<TmdlNode> Tables => [.. Objects.Where(node => node.Kind == "table")];

    public IReadOnlyList<TmdlNode> Expressions => [.. Objects.Where(node => node.Kind == "expression")];

    public IReadOnlyList<TmdlNode> Relationships => [.. Objects.Where(node => node.Kind == "relationship")];

    public IReadOnlyList<TmdlNode> Measures => [.. Tables.SelectMany(table => table.Of("measure"))];

    /// <summary>The text of each file, by its path below the definition's folder.</summary>
    public static Dictionary<string, string> Texts() => Directory.EnumerateFiles(Folder, "*.tmdl", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), File.ReadAllText);

    public static ModelFiles Load() => Of(Texts());

    /// <exception cref="TmdlException">A file is no TMDL.</exception>
    public static ModelFiles Of(IReadOnlyDictionary<string, string> texts) =>
        new([.. texts.OrderBy(each => each.Key, StringComparer.Ordinal).SelectMany(each => TmdlParser.Parse(each.Key, each.Value))]);

    public TmdlNode? Table(string name) => Tables.FirstOrDefault(table => table.Name == name);

    public TmdlNode? Column(string table, string name) => Table(table)?.Of("column").FirstOrDefault(column => column.Name == name);

    /// <summary>Everything that is wrong with the model, in the order of the files.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyDictionary<string, string> texts)
    {
        try
        {
            var model = Of(texts);
            return [.. model.Objects.SelectMany(TmdlShapes.Faults), .. ModelNames.Faults(model), .. ModelLinks.Faults(model),
                .. ModelTranslations.Faults(model), .. DaxCheck.Faults(model)];
        }
        catch (TmdlException fault)
        {
            return [fault.Message];
        }
    }
}
