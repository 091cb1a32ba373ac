using FriendCity.Records.Persistence;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Records;

public sealed class ImportSizeTests(Azurite azurite)
{
    [Fact]
    public async Task Long_notes_in_the_widest_characters_still_fit_the_services_transactions()
    {
        var folder = Scratch.Folder("import");
        try
        {
            // Outside the basic plane a character is escaped and takes twelve bytes; fifty such notes of one partition pass 4 MiB.
            var note = string.Concat(Enumerable.Repeat("😀", 4000));
            var ids = Enumerable.Range(0, int.MaxValue).Select(n => $"id{n}").Where(id => RecordKeys.Partition(id) == "0").Take(50);
            await File.WriteAllTextAsync(Path.Combine(folder, "memos.json"), $"[{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","text":"x","note":"{{note}}"}"""))}]");
            var connection = await azurite.ConnectionStringAsync(azurite.NewAccount());
            using var instance = Instance.Over(connection, NoteRecord.Types);
            var result = await instance.Importer.RunAsync(folder, "import", CancellationToken.None);
            Assert.Equal((50, 0), (result.Written, result.Faults.Count));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
