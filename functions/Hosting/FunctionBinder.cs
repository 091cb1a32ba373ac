using System.Reflection;

namespace FriendCity.Hosting;

/// <summary>
/// Calls functions. A delegate is made when its function is first called, once even under a rush of calls, so that start-up does not pay
/// for functions nobody calls. What a function may ask for is little (<see cref="SignatureRules"/>), so nothing is compiled for it: the
/// framework's own binder takes longer to get ready than the rest of a start.
/// </summary>
internal sealed class FunctionBinder(FunctionCatalog catalog)
{
    private readonly Dictionary<string, Lazy<RequestDelegate>> _delegates = catalog.Functions.ToDictionary(
        function => function.Name, function => new Lazy<RequestDelegate>(() => Bind(function)), StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(Function function, HttpContext context) => _delegates[function.Name].Value(context);

    private static RequestDelegate Bind(Function function)
    {
        var (call, make) = (MethodInvoker.Create(function.Method), function.Method.IsStatic ? null : Maker(function.Type));
        return async context =>
        {
            var arguments = new object?[function.Parameters.Count];
            for (var i = 0; i < arguments.Length; i++)
                arguments[i] = Argument(function.Parameters[i], context);
            var running = (Task)call.Invoke(make?.Invoke(context.RequestServices), arguments.AsSpan())!;
            if (running is Task<IResult> answering)
                await (await answering).ExecuteAsync(context);
            else
                await running;
        };
    }

    private static object? Argument(FunctionParameter parameter, HttpContext context) =>
        parameter.Http is not null ? context.Request
        : parameter.Timer is not null ? context.Features.Get<TimerInfo>()
        : parameter.Type == typeof(CancellationToken) ? context.RequestAborted
        : context.Request.RouteValues[parameter.Name] as string;

    private static Func<IServiceProvider, object> Maker(Type type)
    {
        if (type.GetConstructors() is not [var constructor])
            throw new InvalidOperationException($"{type} needs one public constructor.");
        var make = ConstructorInvoker.Create(constructor);
        Type[] needs = [.. constructor.GetParameters().Select(parameter => parameter.ParameterType)];
        return services => make.Invoke([.. needs.Select(services.GetRequiredService)]);
    }
}
