using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Checks;

/// <summary>Outlines that cross or touch themselves.</summary>
internal sealed class SelfCrossing()
    : Check("self-intersection", CheckSeverity.Warning, "An outline crosses or touches itself: tools disagree about what it covers. Which side was meant only a person can say.")
{
    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i] is not { Shape: PolygonShape polygon, Area: > 0 }) continue;
            foreach (var part in polygon.Polygon.Parts)
            {
                if (part.Outer.FindSelfIntersection() is not { } edges) continue;
                var at = part.Outer.Points[edges.First];
                findings.Add(this, image, i, string.Create(CultureInfo.InvariantCulture, $"edges {edges.First + 1} and {edges.Second + 1} meet, near ({at.X:0.##}, {at.Y:0.##})."));
                break;
            }
        }
    }
}
