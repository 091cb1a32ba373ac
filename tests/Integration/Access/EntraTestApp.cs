using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.Access;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Integration.Access;

/// <summary>An office with the sample whose callers may sign in with accounts of a <see cref="LocalDirectory"/>.</summary>
public sealed class EntraTestApp(Azurite azurite) : IAsyncLifetime
{
    internal LocalDirectory Directory { get; private set; } = null!;

    internal TestApp App { get; private set; } = null!;

    internal LogCapture Log { get; } = new();

    /// <summary>Sends no key.</summary>
    public HttpClient Anyone { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Directory = await LocalDirectory.StartAsync();
        App = await azurite.OfficeAsync(sample: true, builder =>
        {
            builder.Configuration["EntraTenant"] = $"{LocalDirectory.Tenant}";
            builder.Configuration["EntraAuthority"] = Directory.Address.GetLeftPart(UriPartial.Authority);
            builder.Configuration["EntraAudience"] = $"{LocalDirectory.Audience}, {LocalDirectory.Registration}";
            // Whatever an operator may turn on.
            foreach (var category in new[] { "Default", "FriendCity", "Microsoft.AspNetCore.Routing.Matching",
                "Microsoft.AspNetCore.Server.Kestrel" })
                builder.Configuration[$"Logging:LogLevel:{category}"] = "Trace";
        });
        App.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        Anyone = App.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        Anyone.Dispose();
        Log.Dispose();
        await App.DisposeAsync();
        await Directory.DisposeAsync();
    }
}
