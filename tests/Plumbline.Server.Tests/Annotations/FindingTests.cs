using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Imports;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Annotations;

/// <summary>What the checks find in a set, as the API tells it.</summary>
public sealed class FindingTests
{
    [Fact]
    public async Task Findings_follow_the_set_and_their_fix_is_a_shape_that_can_be_saved()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await owner.SetOntologyAsync(project, new { classes = new[] { new { id = "car", name = "car", color = "#ff0000" } } });
        await owner.AddAsync(project, ("a.jpg", Photos.Jpeg(1)));
        var image = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0];
        var set = $"/api/annotation-sets/{image.GetProperty("setId").GetString()}";
        var id = Guid.CreateVersion7();
        object Put(object shape, long revision) => new { changeSetId = Guid.CreateVersion7(), baseRevision = 0, changes = new[] { new { op = "put", annotation = new { id, classId = "car", shape, revision } } } };

        Assert.Equal((true, 0), await CountAsync());
        await owner.PostAsync($"{set}/changes", Put(new { kind = "box", x = -10, y = 5, width = 30, height = 20 }, 0));
        var finding = (await owner.GetAsync($"{set}/findings")).GetProperty("findings")[0];
        Assert.Equal(("outside-image", "error", id.ToString()), (finding.GetProperty("check").GetString(), finding.GetProperty("severity").GetString(), finding.GetProperty("annotationId").GetString()));
        Assert.NotEmpty(finding.GetProperty("explanation").GetString()!);
        await owner.PostAsync($"{set}/changes", Put(finding.GetProperty("fix").GetProperty("shape"), 1));
        Assert.Equal((true, 0), await CountAsync());
        Assert.Equal((404, "not-found"), await owner.RefusedAsync(HttpMethod.Get, $"/api/annotation-sets/{Guid.NewGuid()}/findings"));

        async Task<(bool Checked, int Count)> CountAsync()
        {
            var all = await owner.GetAsync($"{set}/findings");
            return (all.GetProperty("checked").GetBoolean(), all.GetProperty("findings").GetArrayLength());
        }
    }
}
