using FriendCity.Access;

namespace FriendCity;

/// <summary>The door that is ours. Built on the official packages, Azure/FriendCityApp.cs stands in place of this file.</summary>
internal static class FriendCityApp
{
    // The publish step asks for the function.json files; nothing is built or configured for that.
    public static Task<int> RunAsync(string[] args) => args is ["--emit-functions", var folder]
        ? Task.FromResult(FunctionJson.Emit(typeof(FriendCityApp).Assembly, folder))
        : FunctionsHost.RunAsync(() => Build(args));

    /// <param name="replace">What a test puts in place of the real clock or storage.</param>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.AddSettings();
        replace?.Invoke(builder);
        builder.AddFunctions(typeof(FriendCityApp).Assembly);
        builder.Services.AddFriendCity(builder.Configuration);
        builder.Services.AddSingleton(provider => OpenTimers(provider.GetRequiredService<FunctionCatalog>(), provider.GetRequiredService<HostMode>()));
        var app = builder.Build();
        app.MapFunctions();
        return app;
    }

    private static OpenTimers OpenTimers(FunctionCatalog catalog, HostMode mode) =>
        new(mode.IsCustomHandler ? [.. catalog.Timers.Select(function => function.Name)] : []);
}
