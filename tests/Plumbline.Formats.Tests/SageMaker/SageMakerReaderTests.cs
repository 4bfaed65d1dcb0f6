using Plumbline.Formats.Reports;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.SageMaker;

public class SageMakerReaderTests
{
    [Fact]
    public async Task A_label_that_is_neither_boxes_nor_classes_is_named_once_and_not_passed_over()
    {
        const string line = """{"source-ref":"s3://bucket/N.jpg","kind":1,"kind-metadata":{"class-name":"cat","human-annotated":"yes"},"road-ref":"s3://bucket/N.png","road-ref-metadata":{"type":"groundtruth/semantic-segmentation"}}""";
        var read = await Trips.ReadAsync("sagemaker", Trips.Tree(("output.manifest", line.Replace("N", "a", StringComparison.Ordinal) + "\n" + line.Replace("N", "b", StringComparison.Ordinal) + "\n")));
        var issue = Assert.Single(read.Issues);
        Assert.Equal((IssueSeverity.Warning, "label-not-read", "road-ref", (long?)1), (issue.Severity, issue.Code, issue.Field, issue.Position.Line));
        Assert.All(read.Items, i => Assert.Single(i.Annotations));
    }
}
