using FriendCity;

return await FriendCityApp.RunAsync(args);
