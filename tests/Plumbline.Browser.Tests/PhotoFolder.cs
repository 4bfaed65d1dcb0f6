using System.Globalization;
using Plumbline.Core.Synthetic;
using Plumbline.Imaging;

namespace Plumbline.Browser.Tests;

/// <summary>A folder of made-up photos on the disk, as a camera leaves one: every file another, a hundred kilobytes each.</summary>
internal sealed class PhotoFolder : IDisposable
{
    private const int Width = 1200, Height = 900, FileBytes = 100_000;
    private static readonly Lazy<byte[][]> Scenes = new(() => [.. Enumerable.Range(1, 8).Select(seed => SyntheticScene.Create(SceneKind.Street, seed, Width, Height).Image.ToJpeg(quality: 40))]);

    /// <summary>The folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("plumbline-photos-").FullName;

    /// <summary>Puts a photo there. Photos of different numbers are different files.</summary>
    public string Add(string path, int number)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // the root is above
        File.WriteAllBytes(file, Photo(number));
        return file;
    }

    /// <summary>Puts so many photos there; their paths.</summary>
    public string[] AddMany(int count) => [.. Enumerable.Range(1, count).Select(number => Add(string.Create(CultureInfo.InvariantCulture, $"photo {number:0000}.jpg"), number))];

    /// <summary>A photo that bears its number behind the picture, where readers do not look.</summary>
    public static byte[] Photo(int number)
    {
        var scene = Scenes.Value[number % Scenes.Value.Length];
        var photo = new byte[Math.Max(FileBytes, scene.Length + 8)];
        scene.CopyTo(photo, 0);
        BitConverter.TryWriteBytes(photo.AsSpan(photo.Length - 8), (long)number);
        return photo;
    }

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
