namespace FriendCity.Tests.Support;

/// <summary>The sample data in import form, found from the repository's root.</summary>
internal static class Sample
{
    public static string Folder { get; } = Path.Combine(Root(), "samples", "sco");

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FriendCityFunctions.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("No folder above the tests holds FriendCityFunctions.sln.");
    }
}
