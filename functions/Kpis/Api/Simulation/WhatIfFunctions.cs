namespace FriendCity.Kpis.Api.Simulation;

public sealed class WhatIfFunctions(WhatIfApi api)
{
    [Function("WhatIf")]
    public Task<IResult> WhatIf([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/kpis/K32/what-if")] HttpRequest request,
        CancellationToken cancellationToken) =>
        api.Answer(request, cancellationToken);
}
