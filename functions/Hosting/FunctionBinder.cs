namespace FriendCity.Hosting;

/// <summary>
/// Calls functions. A delegate is compiled when its function is first called, once even under a rush of calls, so that
/// start-up does not pay for functions nobody calls.
/// </summary>
internal sealed class FunctionBinder(FunctionCatalog catalog, IServiceProvider services)
{
    private readonly Dictionary<string, Lazy<RequestDelegate>> _delegates = catalog.Functions.ToDictionary(
        function => function.Name, function => new Lazy<RequestDelegate>(() => Bind(function, services)), StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(Function function, HttpContext context) => _delegates[function.Name].Value(context);

    private static RequestDelegate Bind(Function function, IServiceProvider services)
    {
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = services,
            RouteParameterNames = function.Parameters.Where(parameter => parameter.Type == typeof(string)).Select(parameter => parameter.Name),
            DisableInferBodyFromParameters = true,
        };
        if (function.Method.IsStatic)
            return RequestDelegateFactory.Create(function.Method, targetFactory: null, options).RequestDelegate;

        var create = ActivatorUtilities.CreateFactory(function.Type, []);
        return RequestDelegateFactory.Create(function.Method, context => create(context.RequestServices, null), options).RequestDelegate;
    }
}
