using Microsoft.AspNetCore.Hosting;

namespace FriendCity.PowerBi.OData;

/// <summary>
/// What every answer below <c>/odata</c> has, refusals at the gate included: the version of the protocol, once, and compression for those
/// who take it. A start-up filter, because no other hook runs behind both doors.
/// </summary>
internal sealed class FeedFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/odata", StringComparison.OrdinalIgnoreCase), feed => feed.Use(NameVersion).UseResponseCompression());
        next(app);
    };

    private static Task NameVersion(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["OData-Version"] = FeedForm.Version;
            return Task.CompletedTask;
        });
        return next(context);
    }
}
