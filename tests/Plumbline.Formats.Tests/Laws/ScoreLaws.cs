using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Laws;

/// <summary>A score lies between 0 and 1, or is none, whatever another tool's file says: Plumbline's own formats hold no other and refuse a line that has one.</summary>
public class ScoreLaws
{
    public static TheoryData<string> WithScores => new(DatasetFormats.All.Where(f => f.Abilities.Scores && f.Name is not ("plumb" or "jsonl")).Select(f => f.Name));

    [Theory]
    [MemberData(nameof(WithScores))]
    public async Task A_score_outside_its_range_is_a_remark_and_not_used(string format)
    {
        // A writer writes what it is given: 12.5 stands in the file as other tools write it.
        var given = new DatasetAnnotation { ClassIndex = 0, Shape = Trips.Format(format).Abilities.Shapes.Contains(ShapeKind.Box) ? new BoxShape(new Box(1, 2, 3, 4)) : new TagShape(), Score = 12.5 };
        var item = new DatasetItem { Path = "a.png", Size = new PictureSize(20, 10), Annotations = [given], Picture = new HeaderPicture(new(20, 10)) };
        var written = await Trips.WriteAsync(format, new ListReader(new DatasetHeader { Classes = [new() { Name = "cat" }], Splits = [null] }, [item]));
        var read = await Trips.ReadAsync(format, written.Tree);
        Assert.Equal("bad-score", Assert.Single(read.Issues).Code);
        Assert.Null(Assert.Single(read.Items[0].Annotations).Score);
    }
}
