using FriendCity.Http;
using Microsoft.AspNetCore.Hosting;

namespace FriendCity.Access;

/// <summary>Puts the gate in front of everything. A start-up filter runs behind both doors; the official worker has no other hook.</summary>
internal sealed class AccessFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<ProblemPages>();
        app.UseMiddleware<Gate>();
        next(app);
    };
}
