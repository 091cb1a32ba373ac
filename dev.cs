#:property PublishAot=false
// The developer's one command: `dotnet run dev.cs` says what it can do. The parts are in dev/.
using FriendCity.Dev;

return await DevCommand.RunAsync(args);
