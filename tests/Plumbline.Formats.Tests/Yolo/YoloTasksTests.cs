using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Files;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Yolo;

/// <summary>Pose, oriented boxes and classification as other tools write them.</summary>
public class YoloTasksTests
{
    [Theory]
    [InlineData("kpt_shape: [2, 3]", "0 0.5 0.5 0.2 0.4 0.45 0.5 2 0 0 0", Visibility.Visible, Visibility.Absent)]
    [InlineData("kpt_shape: [2, 2]", "0 0.5 0.5 0.2 0.4 0.45 0.5 0 0", Visibility.Visible, Visibility.Absent)]
    [InlineData("kpt_shape: [2, 3]", "0 0.5 0.5 0.2 0.4 0.45 0.5 1 0.5 0.5 2", Visibility.Occluded, Visibility.Visible)]
    public async Task Poses_have_points_with_or_without_visibility(string shape, string row, Visibility first, Visibility second)
    {
        var tree = Dataset($"names: [person]\n{shape}\nflip_idx: [1, 0]\n", row);
        Assert.Equal(["yolo-pose"], DatasetFormats.Recognise(tree).Select(f => f.Format.Name));
        var read = await Trips.ReadAsync("yolo-pose", tree);
        Assert.Empty(read.Issues);
        var annotation = Assert.Single(read.Items[0].Annotations);
        var points = Assert.IsType<KeypointsShape>(annotation.Shape).Keypoints.Points;
        Assert.Equal((first, second), (points[0].Visibility, points[1].Visibility));
        Assert.Equal(new Point2(90, 50), points[0].Position);
        Assert.Equal(new Box(80, 30, 40, 40), annotation.StatedBox);
        Assert.Equal((0, 1), (read.Header.Classes[0].Skeleton!.Mirrored[0].From, read.Header.Classes[0].Skeleton!.Mirrored[0].To));
    }

    [Theory]
    [InlineData("0 0.5 0.5 0.2 0.4 0.45 0.5 2")]
    [InlineData("0 0.5 0.5 0.2 0.4 0.45 0.5 3 0 0 0")]
    [InlineData("0 0.5 0.5 0.2 0.4 1e300 0.5 2 0 0 0")]
    [InlineData("0 0.5 0.5 1e300 1e300 0 0 2 0 0 0")]
    public async Task A_pose_with_other_points_than_the_dataset_says_is_refused(string row) =>
        Assert.Equal("bad-row", Assert.Single((await Trips.ReadAsync("yolo-pose", Dataset("names: [person]\nkpt_shape: [2, 3]\n", row))).Issues).Code);

    [Fact]
    public async Task Rows_of_four_corners_alone_are_turned_boxes()
    {
        var tree = Dataset("names: [ship]\n", "0 0.5 0.3 0.6 0.5 0.5 0.7 0.4 0.5");
        Assert.Equal(["yolo-obb"], DatasetFormats.Recognise(tree).Select(f => f.Format.Name));
        var box = Assert.IsType<RotatedBoxShape>((await Trips.ReadAsync("yolo-obb", tree)).Items[0].Annotations[0].Shape).Box;
        // On a picture twice as wide as high the four corners are a square on its tip.
        Assert.Equal(100, box.CenterX, 9);
        Assert.Equal(50, box.CenterY, 9);
        Assert.Equal(Math.Sqrt(800), box.Width, 9);
        Assert.Equal(Math.Sqrt(800), box.Height, 9);
    }

    [Fact]
    public void Rows_of_upright_corners_alone_are_outlines() =>
        Assert.Equal(["yolo-seg"], DatasetFormats.Recognise(Dataset("names: [ship]\n", "0 0.1 0.1 0.4 0.1 0.4 0.3 0.1 0.3")).Select(f => f.Format.Name));

    [Fact]
    public async Task One_path_in_two_class_folders_is_two_images()
    {
        var tree = new MemoryTree([new("set/train/cat/a.png", HeaderPicture.Bytes(9, 9)), new("set/train/dog/a.png", HeaderPicture.Bytes(9, 9)), new("set/val/cat/sub/b.png", HeaderPicture.Bytes(9, 9))]);
        Assert.Equal(["yolo-cls"], DatasetFormats.Recognise(tree).Select(f => f.Format.Name));
        var read = await Trips.ReadAsync("yolo-cls", tree);
        Assert.Equal(["train/a.png", "train/a_2.png", "val/sub/b.png"], read.Items.Select(i => i.Name));
        Assert.Equal(["cat", "dog", "cat"], read.Items.Select(i => read.Header.Classes[i.Annotations[0].ClassIndex].Name));
    }

    private static MemoryTree Dataset(string yaml, string row) =>
        new([new("data.yaml", Encoding.UTF8.GetBytes(yaml)), new("images/train/a.png", HeaderPicture.Bytes(200, 100)), new("labels/train/a.txt", Encoding.UTF8.GetBytes(row))]);
}
