using FriendCity;

// The publish step asks for the function.json files; nothing is built or configured for that.
if (args is ["--emit-functions", var folder])
    return FunctionJson.Emit(typeof(FriendCityApp).Assembly, folder);

return await FriendCityApp.RunAsync(args);
