using Plumbline.Server.Storage;
using Plumbline.Testing;
using Plumbline.Testing.Load;
using Xunit;

namespace Plumbline.Server.Tests.Annotations;

public sealed class KillTests
{
    [Fact]
    public async Task A_server_killed_in_mid_save_loses_nothing_it_acknowledged_and_doubles_nothing_that_is_sent_again()
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-test-").FullName;
        var options = new ServerOptions { DataDirectory = folder, Database = TestServer.OnPostgres ? await TestServer.CreatePostgresDatabaseAsync() : null };
        LabelWorld world;
        await using (var database = await DataFolder.OpenDatabaseAsync(options)) world = await LabelWorld.SeedAsync(database, annotators: 6, sets: 2);

        var (audit, resent) = await Soak.RunAsync(options, world, kills: 3, new Random(1));

        Assert.True(resent > 0, "no save was interrupted");
        Assert.True(audit.Acknowledged >= 60, $"only {audit.Acknowledged} saves went through");
        Assert.Equal((0, 0), (audit.Lost, audit.Doubled));
        Assert.Empty(audit.Faults);
        Directory.Delete(folder, recursive: true);
    }
}
