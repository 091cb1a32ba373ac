namespace FriendCity.Tests.Support;

/// <summary>Names nobody else uses.</summary>
internal static class Scratch
{
    public static string Table() => $"t{Guid.NewGuid():N}";

    public static string Container() => $"c-{Guid.NewGuid():N}";

    /// <summary>A new folder among the temporary ones; whoever asked deletes it.</summary>
    public static string Folder(string what) => Directory.CreateTempSubdirectory($"friendcity-{what}-").FullName;
}
