namespace FriendCity.Dev;

/// <summary>What is built and tested, and with which packages.</summary>
/// <param name="IsStrict">Whether the lock files, the format and the browser are part of it.</param>
internal sealed record BuildFlavour(string Target, string[] Properties, bool IsStrict)
{
    public static BuildFlavour Ours { get; } = new("FriendCityFunctions.sln", [], IsStrict: true);

    public static BuildFlavour AzurePackages { get; } =
        new(Path.Combine("tests", "FriendCity.Tests.csproj"), ["-p:AzurePackages=true"], IsStrict: false);
}
