using System.IO.Compression;
using Plumbline.Server.Tests.Images;
using Xunit;

namespace Plumbline.Server.Tests.BadInput;

/// <summary>Files that are no pictures, too much of one, or want to lie somewhere else. A good picture beside each comes in all the same.</summary>
internal static class UploadRows
{
    private static readonly (string, byte[]) Good = ("good.jpg", Photos.Jpeg(1));

    public static IEnumerable<BadInputRow> All() =>
    [
        File("empty file", "empty.jpg", [], "empty"),
        File("picture that was cut off", "cut.jpg", Photos.Jpeg(2)[..3000], "truncated"),
        File("text under the name of a picture", "notes.jpg", "not a picture"u8.ToArray(), "not-an-image"),
        File("picture over the pixel limit", "wide.png", Photos.BlankPng(45_000), "too-many-pixels"),
        File("small file that unfolds into a huge picture", "bomb.png", Photos.BlankPng(30_000), "bomb"),
        File("ZIP bomb", "bomb.zip", ZipBomb(), "bad-archive"),
        File("damaged ZIP", "broken.zip", Photos.Zip(("a.jpg", Photos.Jpeg(2)))[..2000], "bad-archive"),
        File("path that leads out of the upload", "../outside.jpg", Photos.Jpeg(2), "bad-path"),
        File("absolute path", "/etc/cron.d/job.jpg", Photos.Jpeg(2), "bad-path"),
        new("path with a NUL", scene => scene.UploadAsync(("a\0b.jpg", Photos.Jpeg(2)), Good), new(202, "", "ab.jpg: bad-path"), scene => scene.HoldsAsync(pictures: 1)),
        new(
            "paths in a ZIP that lead out of it",
            scene => scene.UploadAsync(Good, ("photos.zip", Photos.Zip(("a/one.jpg", Photos.Jpeg(2)), ("../../etc/two.jpg", Photos.Jpeg(3)), ("/abs.jpg", Photos.Jpeg(4)), ("win\\three.jpg", Photos.Jpeg(5))))),
            new(202, "", "photos.zip!/../../etc/two.jpg: bad-path; photos.zip!//abs.jpg: bad-path"),
            async scene => Assert.Equal(["a/one.jpg", "good.jpg", "win/three.jpg"], await scene.PathsAsync())),
        new(
            "server folder outside the open one",
            scene => scene.SendAsync(scene.Bench.Owner, HttpMethod.Post, $"/api/projects/{scene.Bench.ProjectId}/server-imports", new { root = "camera", folder = "../etc", intent = "images" }),
            new(422, "no-such-folder"),
            scene => scene.UnchangedAsync())
        { Options = options => options with { Folders = new Dictionary<string, string> { ["camera"] = Path.GetTempPath() } } },
        new("same picture twice", scene => scene.UploadAsync(Good, ("same.jpg", Good.Item2)), new(202, "", "same.jpg: duplicate"), scene => scene.HoldsAsync(pictures: 1)),
        new("file of negative size", scene => OpenAsync(scene, new { path = "a.jpg", size = -1L }), new(400, "invalid", "/files/0"), scene => scene.UnchangedAsync()),
        new("file without a name", scene => OpenAsync(scene, new { path = "", size = 1L }), new(400, "invalid", "/files/0"), scene => scene.UnchangedAsync()),
        new("nothing where a file should be", scene => OpenAsync(scene, new { path = "a.jpg", size = 1L }, null), new(400, "invalid", "/files/1"), scene => scene.UnchangedAsync()),
        new("upload of no file", scene => OpenAsync(scene), new(400, "invalid", "/files"), scene => scene.UnchangedAsync()),
        new("sizes whose sum no number holds", scene => OpenAsync(scene, new { path = "a.jpg", size = long.MaxValue }, new { path = "b.jpg", size = long.MaxValue }), new(507, "disk-full"), scene => scene.UnchangedAsync()),
    ];

    private static BadInputRow File(string name, string path, byte[] bytes, string reason) =>
        new(name, scene => scene.UploadAsync((path, bytes), Good), new(202, "", $"{path}: {reason}"), scene => scene.HoldsAsync(pictures: 1));

    private static Task<Answer> OpenAsync(BadInputScene scene, params object?[] files) =>
        scene.SendAsync(scene.Bench.Owner, HttpMethod.Post, $"/api/projects/{scene.Bench.ProjectId}/uploads", new { files, intent = "images" });

    private static byte[] ZipBomb()
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("huge.png", CompressionLevel.SmallestSize).Open();
            for (var i = 0; i < 256; i++) entry.Write(new byte[1 << 20]);
        }

        return packed.ToArray();
    }
}
