using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>Shapes that cover nothing.</summary>
internal sealed class ZeroArea()
    : Check("zero-area", CheckSeverity.Error, "A shape covers nothing: a box without width, a polygon on one line, an empty mask, a line without length, keypoints none of which is labelled. It is taken out.")
{
    private const double Nothing = 1e-9;

    public override bool CanFix => true;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (IsNothing(image.Objects[i])) findings.Add(this, image, i, image.Objects[i].Shape.Kind == ShapeKind.Keypoints ? "the keypoints cover nothing." : $"the {CamelCase.Of(image.Objects[i].Shape.Kind)} covers nothing.", new(i, null));
        }
    }

    private static bool IsNothing(CheckedObject item) => item.Shape switch
    {
        TagShape or PointShape => false,
        PolylineShape => item.Bounds is { Width: < Nothing, Height: < Nothing },
        KeypointsShape => item.Bounds is null,
        _ => item.Area < Nothing,
    };
}
