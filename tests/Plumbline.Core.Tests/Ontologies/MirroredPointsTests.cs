using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Tests.Ontologies;

public sealed class MirroredPointsTests
{
    [Theory]
    [InlineData("nose,left_eye,right_eye", "1-2")]
    [InlineData("RightHand,LeftHand,Neck", "1-0")]
    [InlineData("L_Ear,R_Ear,tail", "0-1")]
    [InlineData("eye-left,eye-right,EYE-LEFT", "0-1")]
    [InlineData("left_front_paw,right_back_paw,collar", "")] // not each other's mirror image
    [InlineData("tail,ear", "")] // an l or r inside a word says nothing
    public void Names_that_differ_by_left_and_right_mirror_each_other(string names, string expected)
    {
        var skeleton = new SkeletonDefinition { Id = "s", Name = "s", Points = [.. names.Split(',')] };
        Assert.Equal(expected, string.Join(' ', MirroredPoints.Of(skeleton).Select(pair => $"{pair.From}-{pair.To}")));
    }

    [Fact]
    public void What_the_skeleton_says_goes_before_names()
    {
        var skeleton = new SkeletonDefinition { Id = "s", Name = "s", Points = ["left", "right", "other"], Mirrored = [new(0, 2)] };
        Assert.Equal([new SkeletonEdge(0, 2)], MirroredPoints.Of(skeleton));
    }
}
