namespace FriendCity;

internal static class FriendCityApp
{
    public static Task<int> RunAsync(string[] args) => Task.FromResult(args.Length);
}
