using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Voc;

public class VocReaderTests
{
    private const string Good = """
        <annotation><filename>a.jpg</filename><size><width>100</width><height>80</height><depth>3</depth></size>
        <object><name>cat</name><pose>Left</pose><truncated>1</truncated><difficult>1</difficult><bndbox><xmax>30.5</xmax><xmin>11</xmin><ymin>21</ymin><ymax>40</ymax></bndbox>
        <part><name>head</name><bndbox><xmin>12</xmin><ymin>22</ymin><xmax>15</xmax><ymax>25</ymax></bndbox></part></object></annotation>
        """;

    [Fact]
    public async Task Corners_are_continuous_unless_the_devkits_pixels_are_asked_for()
    {
        var plain = await Trips.ReadAsync("voc", Trips.Tree(("Annotations/a.xml", Good)));
        Assert.Equal(new BoxShape(new Box(11, 21, 19.5, 19)), plain.Items[0].Annotations[0].Shape);
        var devkit = await Trips.ReadAsync("voc", Trips.Tree(("Annotations/a.xml", Good)), options: ("voc-pixels", "devkit"));
        Assert.Equal(new BoxShape(new Box(10, 20, 20.5, 20)), devkit.Items[0].Annotations[0].Shape);
    }

    [Fact]
    public async Task Flags_parts_and_pose_are_read_and_written_back()
    {
        var read = await Trips.ReadAsync("voc", Trips.Tree(("Annotations/sub/a.xml", Good), ("ImageSets/Main/train.txt", "sub/a\nsub/b\n")));
        Assert.Equal(["sub/a.jpg", "sub/b.jpg"], read.Items.Select(i => i.Path));
        Assert.All(read.Items, i => Assert.Equal("train", i.Split));
        var cat = read.Items[0].Annotations[0];
        Assert.True(cat.Ignore);
        Assert.Equal(["pose", "truncated"], cat.Attributes.Keys);
        var again = await Trips.ReadAsync("voc", (await Trips.WriteAsync("voc", read)).Tree);
        Assert.Equal(read.Items[0].Annotations.Select(a => (a.ClassIndex, a.Shape, a.GroupId, a.Ignore)), again.Items[0].Annotations.Select(a => (a.ClassIndex, a.Shape, a.GroupId, a.Ignore)));
    }

    [Theory]
    [InlineData("""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><annotation><filename>&b;</filename></annotation>""", "entities")]
    [InlineData("""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><annotation><filename>&x;</filename></annotation>""", "entities from outside")]
    [InlineData("<annotation><object>", "cut off")]
    [InlineData("<other/>", "another root")]
    [InlineData("", "nothing")]
    public async Task A_bad_file_is_left_out_and_the_rest_is_read(string xml, string reason)
    {
        var read = await Trips.ReadAsync("voc", Trips.Tree(("Annotations/bad.xml", xml), ("Annotations/good.xml", Good)));
        var issue = Assert.Single(read.Issues);
        Assert.True(("bad-xml", "Annotations/bad.xml", IssueSeverity.Error) == (issue.Code, issue.File, issue.Severity), reason);
        Assert.Single(read.Items);
    }

    [Fact]
    public async Task Deep_nesting_does_not_overflow_the_stack()
    {
        var deep = string.Concat(Enumerable.Repeat("<part>", 50_000));
        var read = await Trips.ReadAsync("voc", Trips.Tree(("Annotations/deep.xml", $"<annotation><object>{deep}"), ("Annotations/good.xml", Good)));
        Assert.Equal("bad-xml", Assert.Single(read.Issues).Code);
    }

    [Theory]
    [InlineData("<xmin>NaN</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax>")]
    [InlineData("<xmin>5</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax>")]
    [InlineData("<xmin>5</xmin><ymin>1</ymin><xmax>1e999</xmax><ymax>2</ymax>")]
    [InlineData("<xmin>1,5</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax>")]
    [InlineData("")]
    public async Task A_bad_box_is_left_out(string corners)
    {
        var read = await Trips.ReadAsync("voc", Trips.Tree(("a.xml", $"<annotation><size><width>9</width><height>9</height></size><object><name>x</name><bndbox>{corners}</bndbox></object></annotation>")));
        Assert.Equal("bad-box", Assert.Single(read.Issues).Code);
        Assert.Empty(read.Items[0].Annotations);
    }
}
