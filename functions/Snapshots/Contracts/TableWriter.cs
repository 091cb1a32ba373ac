namespace FriendCity.Snapshots.Contracts;

/// <summary>Writes a table into a stream row by row; the stream stays open.</summary>
internal abstract class TableWriter : IDisposable
{
    /// <param name="row">Cells in the order of the table's columns.</param>
    public abstract void Add(object?[] row);

    /// <summary>Ends the file.</summary>
    public abstract void Finish();

    /// <summary>Lets go of buffers, whether the file is ended or not.</summary>
    public abstract void Dispose();
}
