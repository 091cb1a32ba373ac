using Microsoft.AspNetCore.Hosting;

namespace FriendCity.PowerBi.OData;

/// <summary>Names the version of the protocol on every answer below <c>/odata</c>, refused ones included.</summary>
internal sealed class FeedFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(NameVersion);
        next(app);
    };

    private static Task NameVersion(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/odata", StringComparison.OrdinalIgnoreCase))
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["OData-Version"] = FeedForm.Version;
                return Task.CompletedTask;
            });
        return next(context);
    }
}
