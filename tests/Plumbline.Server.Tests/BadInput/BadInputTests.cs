using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.BadInput;

/// <summary>The table of bad input (docs/guide/bad-input.md), on the engine of this run. What only a browser shows is in Plumbline.Browser.Tests under the same names.</summary>
public sealed class BadInputTests
{
    private static readonly Dictionary<string, BadInputRow> Rows =
        new[] { AccountRows.All(), LabellingRows.All(), UploadRows.All(), NameRows.All(), MachineRows.All() }.SelectMany(rows => rows).ToDictionary(row => row.Name);

    /// <summary>The rows by name.</summary>
    public static TheoryData<string> Names => new(Rows.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Gets_a_clear_answer_and_leaves_nothing_half_done(string name)
    {
        var row = Rows[name];
        await using var scene = await BadInputScene.StartAsync(row);

        var answer = await row.Act(scene);

        Assert.Equal((row.Expected.Status, row.Expected.Problem, row.Expected.Detail), (answer.Status, answer.Problem, answer.Detail));
        await row.Afterwards(scene);
        await scene.Bench.AssertSoundAsync();
    }

    /// <summary>SQLite notes the sign-in on the disk that is full; PostgreSQL has room for it in a page that it holds.</summary>
    [Fact]
    public async Task Signing_in_while_the_disk_is_full_says_so()
    {
        Assert.SkipWhen(TestServer.OnPostgres, "about SQLite");
        var row = new BadInputRow("", scene => scene.SignInAsync(scene.Bench.Ann.Email, ApiClient.Password), new(507, "disk-full"), scene => scene.UnchangedAsync()) { DiskMegabytes = 96 };
        await using var scene = await BadInputScene.StartAsync(row);
        scene.Disk.Fill();

        Assert.Equal(row.Expected, await row.Act(scene));
        scene.Disk.Free();
        Assert.Equal(new Answer(200), await row.Act(scene));
    }

    [Fact]
    public void The_guide_lists_every_row_with_its_answer()
    {
        var guide = File.ReadLines(Checkout.PathOf("docs/guide/bad-input.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| what ", StringComparison.Ordinal))
            .Select(line => line.Split(" | ") is [var name, var answer, _] ? (name[2..], answer) : (line, ""));

        Assert.Equal(Rows.Values.Select(row => (row.Name, row.Expected.ToString())), guide);
    }
}
