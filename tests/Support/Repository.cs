namespace FriendCity.Tests.Support;

/// <summary>This clone, and copies of it that tests may do anything with.</summary>
internal static class Repository
{
    private static readonly string[] NotCopied = [".git", ".friendcity", "bin", "obj", "node_modules", "TestResults"];

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Copies the sources; the npm packages are shared by a link.</summary>
    public static void CopyTo(string folder)
    {
        Copy(Root, folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), At("node_modules"));
    }

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => !NotCopied.Contains(Path.GetFileName(folder))))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "FriendCityFunctions.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
