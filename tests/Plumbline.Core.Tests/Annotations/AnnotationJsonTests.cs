using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Xunit;

namespace Plumbline.Core.Tests.Annotations;

public sealed class AnnotationJsonTests
{
    private const string Id = "0190a2b4-7c1e-7000-8000-000000000001";

    [Fact]
    public void What_was_written_reads_back_equal_and_writes_the_same_bytes() =>
        Prop.ForAll(RandomAnnotations.Seeds, seed =>
        {
            var annotation = RandomAnnotations.Annotation(new Random(seed));
            var written = AnnotationJson.ToUtf8(annotation);
            var read = AnnotationJson.Parse(written);
            return read == annotation && written.AsSpan().SequenceEqual(AnnotationJson.ToUtf8(read));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void An_annotation_has_the_form_of_the_wire()
    {
        var annotation = new Annotation
        {
            Id = Guid.Parse(Id),
            ClassId = "car",
            Shape = new BoxShape(new Box(10, 20.5, 0.1, 1e-7)),
            Score = 0.25,
            Provenance = new Provenance(Origin.Assisted, "u1", new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.FromHours(1))),
            Revision = 7,
        };

        Assert.Equal(
            $$$"""{"id":"{{{Id}}}","classId":"car","shape":{"kind":"box","x":10,"y":20.5,"width":0.1,"height":1E-07},"attributes":{},"z":0,"groupId":null,"ignore":false,"score":0.25,"provenance":{"origin":"assisted","by":"u1","at":"2026-01-31T12:00:00Z"},"revision":7}""",
            Encoding.UTF8.GetString(AnnotationJson.ToUtf8(annotation)));
    }

    [Fact]
    public void A_verdict_is_written_where_there_is_one_and_any_other_word_is_refused()
    {
        var text = $$$"""{"id":"{{{Id}}}","classId":"car","shape":{"kind":"tag"},"verdict":"unsure"}""";
        var judged = AnnotationJson.Parse(Encoding.UTF8.GetBytes(text));

        Assert.Equal(Verdict.Unsure, judged.Verdict);
        Assert.Contains("\"verdict\":\"unsure\",\"revision\":0}", Encoding.UTF8.GetString(AnnotationJson.ToUtf8(judged)), StringComparison.Ordinal);
        Assert.DoesNotContain("verdict", Encoding.UTF8.GetString(AnnotationJson.ToUtf8(judged with { Verdict = null })), StringComparison.Ordinal);
        Assert.Equal("/verdict", Assert.Throws<AnnotationFormatException>(() => AnnotationJson.Parse(Encoding.UTF8.GetBytes(text.Replace("unsure", "maybe", StringComparison.Ordinal)))).Pointer);
    }

    [Fact]
    public void Relations_have_one_order_and_a_bad_one_breaks_a_rule()
    {
        var text = $$$"""{"id":"{{{Id}}}","classId":"car","shape":{"kind":"tag"},"relations":[{"predicate":"b","object":"{{{Id}}}"},{"predicate":"a","object":"{{{Id}}}"},{"predicate":"b","object":"{{{Id}}}"}]}""";
        var read = AnnotationJson.Parse(Encoding.UTF8.GetBytes(text));

        Assert.Equal(["a", "b"], read.Relations.Select(r => r.Predicate));
        Assert.Contains($$$""","relations":[{"predicate":"a","object":"{{{Id}}}"},{"predicate":"b","object":"{{{Id}}}"}],"revision":0}""", Encoding.UTF8.GetString(AnnotationJson.ToUtf8(read)), StringComparison.Ordinal);
        var bad = Assert.Throws<AnnotationFormatException>(() => AnnotationJson.Parse(Encoding.UTF8.GetBytes(text.Replace("\"predicate\":\"a\"", "\"predicate\":7", StringComparison.Ordinal))));
        Assert.Equal(("/relations/1/predicate", RefusalRule.BadRelation), (bad.Pointer, bad.Rule));
    }

    [Theory]
    [InlineData("""{"kind":"tag"}""")]
    [InlineData("""{"kind":"point","x":1,"y":2}""")]
    [InlineData("""{"kind":"box","x":1,"y":2,"width":3,"height":4}""")]
    [InlineData("""{"kind":"rotatedBox","cx":1,"cy":2,"width":3,"height":4,"angle":0.5}""")]
    [InlineData("""{"kind":"ellipse","cx":1,"cy":2,"rx":3,"ry":4,"angle":0.5}""")]
    [InlineData("""{"kind":"polygon","parts":[{"outer":[0,0,9,0,9,9],"holes":[[1,1,2,1,2,2]]}]}""")]
    [InlineData("""{"kind":"polyline","points":[0,0,9,0.25]}""")]
    [InlineData("""{"kind":"keypoints","points":[0,0,0,9,8,2]}""")]
    [InlineData("""{"kind":"mask","x":3,"y":4,"width":2,"height":2,"runs":[1,3]}""")]
    [InlineData("""{"kind":"cuboid","corners":[0,0,1,0,1,1,0,1,2,2,3,2,3,3,2,3]}""")]
    public void Every_shape_has_the_form_of_the_wire(string shape)
    {
        var written = Encoding.UTF8.GetString(AnnotationJson.ToUtf8(Parse(shape)));

        Assert.Contains($"\"shape\":{shape},", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"blob"}""", "/shape/kind", "bad-shape")]
    [InlineData("""{"kind":"box","x":1,"y":2,"width":-3,"height":4}""", "/shape", "bad-shape")]
    [InlineData("""{"kind":"box","x":1,"y":2,"width":3}""", "/shape", "bad-shape")]
    [InlineData("""{"kind":"box","x":1,"y":2,"width":3,"height":"4"}""", "/shape/height", "bad-shape")]
    [InlineData("""{"kind":"box","x":1,"y":2,"width":3,"height":4,"depth":5}""", "/shape", "bad-shape")]
    [InlineData("""{"kind":"point","x":1e999,"y":2}""", "/shape/x", "bad-shape")]
    [InlineData("""{"kind":"point","x":2e9,"y":2}""", "/shape/x", "bad-shape")]
    [InlineData("""{"kind":"polyline","points":[0,0,1]}""", "/shape/points", "bad-shape")]
    [InlineData("""{"kind":"polyline","points":[0,0]}""", "/shape", "bad-shape")]
    [InlineData("""{"kind":"polyline","points":[0,0,1,null]}""", "/shape/points/3", "bad-shape")]
    [InlineData("""{"kind":"polygon","parts":[]}""", "/shape", "bad-shape")]
    [InlineData("""{"kind":"polygon","parts":[{"outer":[0,0,9,0,9,1e999],"holes":[]}]}""", "/shape/parts/0/outer/5", "bad-shape")]
    [InlineData("""{"kind":"keypoints","points":[0,0,3]}""", "/shape/points", "bad-shape")]
    [InlineData("""{"kind":"mask","x":0,"y":0,"width":2,"height":2,"runs":[1,2]}""", "/shape", "bad-shape")]
    [InlineData("""{"kind":"mask","x":0.5,"y":0,"width":2,"height":2,"runs":[4]}""", "/shape/x", "bad-shape")]
    [InlineData("""{"kind":"cuboid","corners":[0,0]}""", "/shape", "bad-shape")]
    [InlineData("""[1,2,3,4]""", "/shape", "bad-shape")]
    public void A_shape_that_is_none_is_refused_at_its_place(string shape, string pointer, string rule)
    {
        var fault = Assert.Throws<AnnotationFormatException>(() => Parse(shape));

        Assert.Equal((pointer, rule), (fault.Pointer, fault.Rule));
        Assert.DoesNotContain("Parameter", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"attributes\":{\"a/b~\":null}", "/attributes/a~1b~0", "bad-attribute")]
    [InlineData("\"attributes\":{\"a\":1e999}", "/attributes/a", "bad-attribute")]
    [InlineData("\"attributes\":{\"a\":[\"x\",1]}", "/attributes/a/1", "bad-attribute")]
    [InlineData("\"attributes\":[]", "/attributes", null)]
    [InlineData("\"z\":1.5", "/z", null)]
    [InlineData("\"z\":4294967296", "/z", null)]
    [InlineData("\"groupId\":\"\\u0000\"", "/groupId", null)]
    [InlineData("\"groupId\":\"\\ud800\"", "/groupId", null)]
    [InlineData("\"ignore\":0", "/ignore", null)]
    [InlineData("\"score\":1.01", "/score", null)]
    [InlineData("\"provenance\":{\"origin\":\"Drawn\"}", "/provenance/origin", null)]
    [InlineData("\"provenance\":{\"origin\":\"drawn\",\"at\":\"yesterday\"}", "/provenance/at", null)]
    [InlineData("\"revision\":-1", "/revision", null)]
    [InlineData("\"colour\":\"red\"", "", null)]
    [InlineData("\"id\":\"again\"", "", null)]
    [InlineData("\"z\":NaN", "", null)]
    public void A_wrong_member_is_named_by_its_pointer(string member, string pointer, string? rule)
    {
        var fault = Assert.Throws<AnnotationFormatException>(() => Parse("""{"kind":"tag"}""", "," + member));

        Assert.Equal((pointer, rule), (fault.Pointer, fault.Rule));
    }

    [Fact]
    public void A_shape_has_at_most_a_hundred_thousand_vertices_over_all_its_rings()
    {
        static string Polygon(int vertices)
        {
            var half = string.Join(',', Enumerable.Range(0, vertices / 2).Select(i => $"{i},{i % 7}"));
            return $$$"""{"kind":"polygon","parts":[{"outer":[{{{half}}}],"holes":[[{{{half}}}]]}]}""";
        }

        Assert.IsType<PolygonShape>(Parse(Polygon(100_000)).Shape);
        Assert.Equal("too-many-vertices", Assert.Throws<AnnotationFormatException>(() => Parse(Polygon(100_002))).Rule);
    }

    [Fact]
    public void Pointers_start_where_the_annotation_stands()
    {
        using var document = JsonDocument.Parse("""{"id":7}""");

        Assert.Equal("/changes/3/annotation/id", Assert.Throws<AnnotationFormatException>(() => AnnotationJson.Read(document.RootElement, "/changes/3/annotation")).Pointer);
    }

    private static Annotation Parse(string shape, string more = "") =>
        AnnotationJson.Parse(Encoding.UTF8.GetBytes($$"""{"id":"{{Id}}","classId":"car","shape":{{shape}}{{more}}}"""));
}
