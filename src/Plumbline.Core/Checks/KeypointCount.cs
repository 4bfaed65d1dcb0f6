using System.Globalization;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>Skeletons with the wrong number of points.</summary>
internal sealed class KeypointCount(CheckContext context)
    : Check("keypoint-count", CheckSeverity.Error, "The objects of a class must all have as many keypoints as its skeleton: by the ontology where there is one, otherwise as many as the class's first object.")
{
    private readonly int?[] expected = Expected(context);

    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i] is not { Shape: KeypointsShape { Keypoints.Points.Length: var points } } item) continue;
            var wanted = expected[item.ClassIndex] ??= points;
            if (points != wanted) findings.Add(this, image, i, string.Create(CultureInfo.InvariantCulture, $"it has {points} keypoints; '{context.Classes[item.ClassIndex]}' has {wanted}."));
        }
    }

    private static int?[] Expected(CheckContext context)
    {
        if (context.Ontology is not { } ontology) return new int?[context.Classes.Length];
        return [.. context.Defined.Select(known => ontology.Skeletons.FirstOrDefault(s => known is not null && s.Id == known.SkeletonId)?.Points.Length)];
    }
}
