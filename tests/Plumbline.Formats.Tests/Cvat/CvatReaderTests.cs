using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Cvat;

public class CvatReaderTests
{
    private const string Labels = "<meta><task><size>9</size><labels><label><name>car</name><color>#FF0000</color><attributes><attribute><name>speed</name><mutable>True</mutable><input_type>number</input_type><values>0\n9\n1</values></attribute><attribute><name>code</name><mutable>False</mutable><input_type>text</input_type></attribute></attributes></label></labels><original_size><width>64</width><height>48</height></original_size></task></meta>";

    [Fact]
    public async Task Shapes_are_read_as_cvat_draws_them()
    {
        var read = await ReadAsync("""
            <image id="3" name="a/b.jpg" width="64" height="48">
              <box label="car" xtl="10" ytl="20" xbr="30" ybr="30" rotation="90" occluded="1" z_order="2" group_id="5"><attribute name="speed">4</attribute><attribute name="code">007</attribute></box>
              <ellipse label="car" cx="9" cy="8" rx="3" ry="2"/>
              <mask label="car" left="3" top="4" width="3" height="2" rle="1, 2, 1, 1, 1"/>
              <cuboid label="car" xtl1="1" ytl1="2" xbl1="1" ybl1="12" xtr1="11" ytr1="2" xbr1="11" ybr1="12" xtl2="14" ytl2="1" xbl2="14" ybl2="9" xtr2="4" ytr2="1" xbr2="4" ybr2="9"/>
            </image>
            """);
        Assert.Empty(read.Issues);
        var annotations = Assert.Single(read.Items).Annotations;
        var turned = Assert.IsType<RotatedBoxShape>(annotations[0].Shape).Box;
        Assert.Equal((20.0, 25.0, 20.0, 10.0, Math.PI / 2), (turned.CenterX, turned.CenterY, turned.Width, turned.Height, turned.AngleRadians));
        Assert.Equal(2, annotations[0].Z);
        Assert.Equal("5", annotations[0].GroupId);
        Assert.Equal<AttributeValue>([new AttributeValue.Text("007"), new AttributeValue.Flag(true), new AttributeValue.Number(4)], annotations[0].Attributes.Values);
        // Row by row: .XX / .X. at (3, 4).
        Assert.True(Assert.IsType<MaskShape>(annotations[2].Shape).Mask.SamePixels(Mask.FromBitmap([0, 1, 1, 0, 1, 0], 3, 2, 3, 4)));
        var corners = Assert.IsType<CuboidShape>(annotations[3].Shape).Corners;
        Assert.Equal("1 2, 11 2, 11 12, 1 12, 4 1, 14 1, 14 9, 4 9", string.Join(", ", corners.Select(c => $"{c.X} {c.Y}")));
        Assert.Equal("#ff0000", read.Header.Classes[0].Color);
    }

    [Fact]
    public async Task A_track_is_there_between_its_keyframes_and_gone_where_it_is_outside()
    {
        var read = await ReadAsync("""
            <track id="7" label="car">
              <box frame="1" keyframe="1" outside="0" occluded="0" xtl="0" ytl="0" xbr="10" ybr="10" rotation="350"/>
              <box frame="2" keyframe="0" outside="0" occluded="0" xtl="40" ytl="40" xbr="50" ybr="50"/>
              <box frame="5" keyframe="1" outside="1" occluded="0" xtl="4" ytl="8" xbr="14" ybr="18" rotation="10"/>
              <box frame="7" keyframe="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="2" ybr="2"/>
            </track>
            """);
        Assert.Empty(read.Issues);
        Assert.Equal(Enumerable.Range(0, 9).Select(f => $"frame_{f:D6}.png"), read.Items.Select(i => i.Path));
        Assert.Equal([1, 2, 3, 4, 7, 8], read.Items.Where(i => i.Annotations.Count > 0).Select(i => i.Frame!.Value));
        var middle = Assert.IsType<BoxShape>(Assert.Single(read.Items[3].Annotations).Shape).Box;
        Assert.Equal(new Box(2, 4, 10, 10), middle); // half the way, and 350° to 10° goes over 0°
        Assert.Equal("7", read.Items[3].Annotations[0].TrackId);
        Assert.All(read.Items, i => Assert.Equal(new PictureSize(64, 48), i.Size!.Value));
    }

    [Fact]
    public async Task Polygons_whose_points_do_not_pair_up_take_what_the_file_gives_or_are_held()
    {
        const string Keyframes = """<track id="1" label="car"><polygon frame="0" keyframe="1" outside="0" points="0,0;9,0;9,9"/>GIVEN<polygon frame="4" keyframe="1" outside="1" points="0,0;9,0;9,9;0,9"/></track>""";
        var held = await ReadAsync(Keyframes.Replace("GIVEN", "", StringComparison.Ordinal));
        Assert.Equal("not-interpolated", Assert.Single(held.Issues).Code);
        Assert.Equal(held.Items[0].Annotations[0].Shape, held.Items[3].Annotations[0].Shape);
        var given = await ReadAsync(Keyframes.Replace("GIVEN", string.Concat(Enumerable.Range(1, 3).Select(f => $"""<polygon frame="{f}" keyframe="0" outside="0" points="{f},0;9,0;9,9"/>""")), StringComparison.Ordinal));
        Assert.Empty(given.Issues);
        Assert.Equal(2, Assert.IsType<PolygonShape>(given.Items[2].Annotations[0].Shape).Polygon.Parts[0].Outer.Points[0].X);
    }

    [Fact]
    public async Task A_skeleton_keeps_its_points_in_order_and_apart_from_those_of_others()
    {
        const string Skeleton = "<meta><task><labels><label><name>hand</name><type>skeleton</type><svg>&lt;line data-node-from=\"1\" data-node-to=\"2\"&gt;&lt;/line&gt;&lt;circle data-node-id=\"1\" data-label-name=\"tip\"&gt;&lt;/circle&gt;&lt;circle data-node-id=\"2\" data-label-name=\"base\"&gt;&lt;/circle&gt;</svg></label><label><name>base</name><parent>hand</parent></label><label><name>tip</name><parent>hand</parent></label></labels></task></meta>";
        var read = await Trips.ReadAsync("cvat", Trips.Tree(("annotations.xml", $"""
            <annotations>{Skeleton}<image id="0" name="a.png" width="9" height="9">
            <skeleton label="hand"><points label="tip" outside="0" occluded="1" points="1,2"/><points label="base" outside="1" occluded="0" points="3,4"/></skeleton>
            <skeleton label="hand"><points label="base" outside="0" occluded="0" points="7,8"/></skeleton></image></annotations>
            """)));
        Assert.Empty(read.Issues);
        var hand = Assert.Single(read.Header.Classes);
        Assert.Equal("base tip", string.Join(' ', hand.Skeleton!.Points));
        Assert.Equal((1, 0), (Assert.Single(hand.Skeleton.Edges).From, hand.Skeleton.Edges[0].To));
        Assert.Equal([new Keypoints([new(new(3, 4), Visibility.Absent), new(new(1, 2), Visibility.Occluded)]), new Keypoints([new(new(7, 8), Visibility.Visible), default])], read.Items[0].Annotations.Select(a => ((KeypointsShape)a.Shape).Keypoints));
    }

    [Theory]
    [InlineData("""<box label="car" xtl="1" ytl="1" xbr="NaN" ybr="2"/>""", "xbr")]
    [InlineData("""<box label="car" xtl="1e999" ytl="1" xbr="3" ybr="2"/>""", "xtl")]
    [InlineData("""<box label="car" xtl="5" ytl="1" xbr="3" ybr="2"/>""", "less")]
    [InlineData("""<box xtl="1" ytl="1" xbr="3" ybr="2"/>""", "label")]
    [InlineData("""<polygon label="car" points="1,1;2,2"/>""", "three")]
    [InlineData("""<mask label="car" left="0" top="0" width="3" height="2" rle="1, 9"/>""", "cover")]
    [InlineData("""<mask label="car" left="0" top="0" width="99999999999" height="2" rle="1"/>""", "whole")]
    [InlineData("""<ellipse label="car" cx="1" cy="1" rx="-1" ry="2"/>""", "negative")]
    public async Task A_bad_shape_is_left_out_in_words_and_with_its_line(string shape, string word)
    {
        var read = await ReadAsync($"<image id=\"0\" name=\"a.png\" width=\"9\" height=\"9\">\n{shape}\n<box label=\"car\" xtl=\"1\" ytl=\"1\" xbr=\"3\" ybr=\"2\"/></image>");
        var issue = Assert.Single(read.Issues);
        Assert.Contains(word, issue.Message, StringComparison.Ordinal);
        Assert.Equal(IssueSeverity.Error, issue.Severity);
        Assert.Equal(3, issue.Position.Line);
        Assert.Single(read.Items[0].Annotations);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"x\">]><annotations><image id=\"0\" name=\"&a;\" width=\"9\" height=\"9\"/></annotations>", "DTD")]
    [InlineData("<annotations><image id=\"0\" name=\"a.png\" width=\"9\" height=\"9\"><box", "cut off")]
    [InlineData("<other/>", "annotations")]
    [InlineData("", "no element")]
    [InlineData("<annotations><meta><task><size>99999999999</size></task></meta><track id=\"0\" label=\"x\"><box frame=\"0\" keyframe=\"1\" xtl=\"0\" ytl=\"0\" xbr=\"1\" ybr=\"1\"/></track></annotations>", "frames")]
    public async Task A_file_that_cannot_be_read_is_refused_in_words(string xml, string word)
    {
        var fault = await Assert.ThrowsAsync<DatasetFormatException>(() => Trips.ReadAsync("cvat", Trips.Tree(("annotations.xml", xml))));
        Assert.Contains(word, fault.Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        await Assert.ThrowsAsync<DatasetFormatException>(() => Trips.ReadAsync("cvat", Trips.Tree(("annotations.xml", $"<annotations><image>{deep}"))));
    }

    private static Task<ReadResult> ReadAsync(string body) => Trips.ReadAsync("cvat", Trips.Tree(("annotations.xml", $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>{Labels.ReplaceLineEndings("&#10;")}{body}</annotations>")));
}
