namespace FriendCity;

/// <summary>The program cannot start as it is written or configured. The message is all the reader needs: no stack trace helps.</summary>
internal class StartUpException(string message) : Exception(message);
