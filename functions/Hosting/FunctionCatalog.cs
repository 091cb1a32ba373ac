using System.Reflection;

namespace FriendCity.Hosting;

internal sealed record FunctionParameter(
    string Name, Type Type, bool MayBeNull, HttpTriggerAttribute? Http, TimerTriggerAttribute? Timer);

/// <summary>One method that carries <see cref="FunctionAttribute"/>. Its trigger sits on its first parameter.</summary>
internal sealed record Function(string Name, Type Type, MethodInfo Method, IReadOnlyList<FunctionParameter> Parameters)
{
    public HttpTriggerAttribute? Http => Parameters is [var first, ..] ? first.Http : null;

    public TimerTriggerAttribute? Timer => Parameters is [var first, ..] ? first.Timer : null;

    /// <summary>Functions gives a trigger without a route the function's name.</summary>
    public string Route => Http?.Route ?? Name;

    public bool IsReachable => Method.IsPublic && Type.IsVisible && !Method.IsAbstract && (Method.IsStatic || !Type.IsAbstract);

    public bool IsGeneric => Method.ContainsGenericParameters || Type.ContainsGenericParameters;

    public Type Returns => Method.ReturnType;

    public override string ToString() => $"{Type.Name}.{Method.Name}";
}

/// <summary>Every function of the program, read once by reflection and checked against the rules both doors share.</summary>
internal sealed class FunctionCatalog
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private FunctionCatalog(IReadOnlyList<Function> functions) => Functions = functions;

    /// <summary>In order of name, ignoring case: the order in which the Functions host tries routes.</summary>
    public IReadOnlyList<Function> Functions { get; }

    public IEnumerable<Function> Http => Functions.Where(function => function.Http is not null);

    public IEnumerable<Function> Timers => Functions.Where(function => function.Timer is not null);

    /// <summary>Those of the classes named <c>…Functions</c>: to look through all others would take longer than all else at start-up.</summary>
    public static FunctionCatalog In(Assembly assembly) => Of(assembly.GetTypes().Where(type => type.Name.EndsWith("Functions", StringComparison.Ordinal)));

    /// <exception cref="FunctionRuleException">Some functions break a rule; the message names all of them.</exception>
    public static FunctionCatalog Of(IEnumerable<Type> types)
    {
        var functions = types.SelectMany(Read).OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var faults = functions.SelectMany(SignatureRules.Check).Concat(RouteRules.Check(functions)).ToList();
        return faults.Count == 0 ? new FunctionCatalog(functions) : throw new FunctionRuleException(faults);
    }

    private static IEnumerable<Function> Read(Type type) =>
        from method in type.GetMethods(AnyMethod)
        let attribute = method.GetCustomAttribute<FunctionAttribute>()
        where attribute is not null
        select new Function(attribute.Name, type, method, [.. method.GetParameters().Select(Read)]);

    private static FunctionParameter Read(ParameterInfo parameter) => new(
        parameter.Name ?? "",
        parameter.ParameterType,
        parameter.ParameterType == typeof(string) && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable,
        parameter.GetCustomAttribute<HttpTriggerAttribute>(),
        parameter.GetCustomAttribute<TimerTriggerAttribute>());
}

/// <summary>All faults at once, so that one start shows everything there is to mend.</summary>
internal sealed class FunctionRuleException(IReadOnlyList<string> faults)
    : StartUpException("Some functions break the hosting rules:" + string.Concat(faults.Select(fault => "\n- " + fault)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
