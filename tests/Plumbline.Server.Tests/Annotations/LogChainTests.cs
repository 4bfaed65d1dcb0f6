using Plumbline.Server.Features.Annotations;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.Annotations;

public sealed class LogChainTests
{
    [Theory]
    [InlineData("UPDATE annotation_log SET user_id = 'somebody' WHERE revision = 2", "header of revision 2")]
    [InlineData("UPDATE annotation_log SET at = at + 1 WHERE revision = 3", "header of revision 3")]
    [InlineData("UPDATE annotation_log SET doc_hash = 'x' WHERE revision = 2", "header of revision 2")]
    [InlineData("UPDATE annotation_log SET doc = (SELECT doc FROM annotation_log WHERE revision = 1 AND ordinal = 0) WHERE revision = 2", "document of revision 2")]
    [InlineData("DELETE FROM annotation_log WHERE revision = 2", "before revision 3")]
    [InlineData("DELETE FROM annotation_log WHERE revision = 1 AND ordinal = 0", "before revision 1")]
    [InlineData("DELETE FROM annotation_log WHERE revision = 3", "its log ends at 2")]
    [InlineData("UPDATE annotations SET doc = REPLACE(doc, '20.25', '20.5')", "differs from the log")]
    [InlineData("UPDATE annotations SET deleted = 1", "differs from the log")]
    public async Task What_is_altered_behind_the_server_shows(string tampering, string fault)
    {
        await using var bench = await StartAsync();
        await FillAsync(bench);

        await bench.Database.WriteAsync(session => session.ExecuteAsync(tampering));

        Assert.Contains(fault, await bench.Database.ReadAsync(session => AnnotationStore.FindFaultAsync(session, bench.SetId)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_can_be_pruned_without_breaking_the_chain()
    {
        await using var bench = await StartAsync();
        await FillAsync(bench);

        await bench.Database.WriteAsync(session => session.ExecuteAsync("UPDATE annotation_log SET doc = NULL WHERE revision < 3"));

        await bench.AssertSoundAsync();
        var history = await bench.Ann.GetAsync($"{bench.Set}/history");
        Assert.Equal(4, history.GetProperty("items").GetArrayLength());
        Assert.Equal((410, "pruned"), await bench.Ann.RefusedAsync(HttpMethod.Post, $"{bench.Set}/restore", new { revision = 1, changeSetId = Guid.CreateVersion7() }));
    }

    private static async Task FillAsync(LabelBench bench)
    {
        var id = Guid.CreateVersion7();
        await bench.SaveAsync(bench.Ann, Put(Box(id)), Put(Box(Guid.CreateVersion7())));
        await bench.SaveAsync(bench.Ben, Put(Box(id, 11, revision: 1)));
        await bench.SaveAsync(bench.Ann, Put(Box(id, 12, revision: 2)));
        await bench.AssertSoundAsync();
    }
}
