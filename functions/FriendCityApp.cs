namespace FriendCity;

internal static class FriendCityApp
{
    public static Task<int> RunAsync(string[] args) => FunctionsHost.RunAsync(() => Build(args));

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddFunctions(typeof(FriendCityApp).Assembly);
        var app = builder.Build();
        app.MapFunctions();
        return app;
    }
}
