namespace FriendCity.Tests.Support;

/// <summary>The application behind the door that is ours, on a free port.</summary>
internal static class Door
{
    public static WebApplication Build(Action<WebApplicationBuilder> replace) => FriendCityApp.Build(["--port=0"], replace);
}
