using System.Globalization;
using Plumbline.Core.Synthetic;
using Plumbline.Formats.Files;
using Plumbline.Imaging;

namespace Plumbline.Server.Features.Demo;

/// <summary>The pictures of one demo project as files that are painted when they are opened.</summary>
internal sealed class SceneTree(SceneKind kind, int count) : IFileTree
{
    /// <inheritdoc />
    public string Name => $"{kind} scenes";

    /// <inheritdoc />
    public IReadOnlyList<string> Files { get; } = [.. Enumerable.Range(0, count).Select(index => PathOf(kind, index))];

    /// <inheritdoc />
    public IReadOnlyList<RefusedEntry> Refused => [];

    /// <summary>The path of a picture, from 0.</summary>
    public static string PathOf(SceneKind kind, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind.ToString().ToLowerInvariant()}/{kind.ToString().ToLowerInvariant()}-{index + 1:000}.jpg");

    /// <summary>The scene in a picture; the same every time.</summary>
    public static SyntheticScene Scene(SceneKind kind, int index) => SyntheticScene.Create(kind, index + 1);

    /// <inheritdoc />
    public bool Exists(string path) => Files.Contains(path);

    /// <inheritdoc />
    public Stream OpenRead(string path)
    {
        var index = Files.ToList().IndexOf(path);
        if (index < 0) throw new FileNotFoundException($"There is no picture {path}.", path);
        return new MemoryStream(Scene(kind, index).Image.ToJpeg(), writable: false);
    }

    /// <inheritdoc />
    public string? LocalPath(string path) => null;

    /// <inheritdoc />
    public void Dispose()
    {
        // Nothing is held open.
    }
}
