using FriendCity;

return args.FirstOrDefault() switch
{
    "--import" => await Commands.ImportAsync(args),
    "--add-key" => await Commands.AddKeyAsync(args),
    _ => await FriendCityApp.RunAsync(args),
};
