namespace FriendCity.Hosting;

// The trigger attributes of the isolated worker, by the same names and with the same meaning, so that one set of
// function classes compiles against either. Only what behaves alike behind both doors is here.

[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Who the Functions host lets in. The numbers are the worker's; <c>User</c> and <c>System</c> are not for function.json.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    Function = 2,
    Admin = 4,
}

/// <summary>There is deliberately no constructor without a level: the host would silently choose one.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    public string[] Methods { get; } = methods;

    public string? Route { get; set; }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    public string Schedule { get; } = schedule;

    public bool RunOnStartup { get; set; }

    public bool UseMonitor { get; set; } = true;
}
