using System.Reflection;
using FriendCity.Access;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FriendCity.Tests.Support;

/// <summary>
/// The application as it is built on the official packages. The worker itself only answers to a Functions host, so here
/// ASP.NET's own binder calls the functions that the worker's attributes name; the gate, the services and storage are the real ones.
/// </summary>
internal static class Door
{
    public static WebApplication Build(Action<WebApplicationBuilder> replace)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddSettings();
        replace(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new OpenTimers([])).AddFriendCity(builder.Configuration);
        var app = builder.Build();
        foreach (var method in typeof(FriendCityApp).Assembly.GetTypes().SelectMany(type => type.GetMethods()))
            if (method.GetCustomAttribute<FunctionAttribute>() is { } function && method.GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>() is { } trigger)
                app.MapMethods(trigger.Route ?? function.Name, trigger.Methods ?? [], Bind(method, app.Services)).WithDisplayName(function.Name);
        return app;
    }

    private static RequestDelegate Bind(MethodInfo method, IServiceProvider services) => RequestDelegateFactory.Create(
        method,
        context => ActivatorUtilities.CreateInstance(context.RequestServices, method.DeclaringType!),
        new RequestDelegateFactoryOptions
        {
            ServiceProvider = services,
            RouteParameterNames = method.GetParameters().Where(parameter => parameter.ParameterType == typeof(string)).Select(parameter => parameter.Name!),
            DisableInferBodyFromParameters = true,
        }).RequestDelegate;
}
