using FriendCity;
using Microsoft.Azure.Functions.Worker.Builder;

if (Commands.Find(args) is { } command)
    return await command();

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    // Without a Functions host there is nobody to serve: an option that is mistyped must not start a second service on the same storage.
    if (builder.Configuration["Functions:Worker:HostEndpoint"] is null)
        return await Commands.UsageAsync();
    builder.ConfigureFriendCity();
    await builder.Build().RunAsync();
    return 0;
}
catch (StartUpException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return Commands.Misused;
}
