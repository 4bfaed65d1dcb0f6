using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Geometry;

public class ShapeGeometryTests
{
    public static TheoryData<Shape, Box?, double> Shapes => new()
    {
        { new TagShape(), null, 0 },
        { new PointShape(new(3, 4)), new Box(3, 4, 0, 0), 0 },
        { new BoxShape(new(1, 2, 3, 4)), new Box(1, 2, 3, 4), 12 },
        { new RotatedBoxShape(new(5, 5, 2, 4, 0)), new Box(4, 3, 2, 4), 8 },
        { new EllipseShape(new(5, 5, 2, 3, 0)), new Box(3, 2, 4, 6), Math.PI * 6 },
        { new PolygonShape(Polygon.FromRing([new(0, 0), new(4, 0), new(0, 4)])), new Box(0, 0, 4, 4), 8 },
        { new PolylineShape(new([new(1, 1), new(4, 5)])), new Box(1, 1, 3, 4), 0 },
        { new KeypointsShape(new([new(new(9, 9), Visibility.Absent), new(new(1, 2), Visibility.Visible), new(new(3, 5), Visibility.Occluded)])), new Box(1, 2, 2, 3), 0 },
        { new KeypointsShape(new([new(new(9, 9), Visibility.Absent)])), null, 0 },
        { new MaskShape(new(2, 3, 2, 2, [1, 3])), new Box(2, 3, 2, 2), 3 },
        { new MaskShape(Mask.Empty), null, 0 },
        { new CuboidShape([new(0, 0), new(4, 0), new(4, 4), new(0, 4), new(2, 2), new(6, 2), new(6, 6), new(2, 6)]), new Box(0, 0, 6, 6), 32 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_kind_has_bounds_and_an_area(Shape shape, Box? bounds, double area)
    {
        Assert.Equal(bounds, ShapeGeometry.Bounds(shape));
        Assert.Equal(area, ShapeGeometry.Area(shape), 12);
    }

    [Fact]
    public void No_kind_is_left_out() => Assert.Equal(Enum.GetValues<ShapeKind>(), Shapes.Select(row => row.Data.Item1.Kind).Distinct());
}
