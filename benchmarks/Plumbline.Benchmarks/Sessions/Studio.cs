using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Benchmarks.Ingest;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Core.Synthetic;
using Plumbline.Imaging;

namespace Plumbline.Benchmarks.Sessions;

/// <summary>A server with projects of street pictures for hands to work on.</summary>
internal sealed class Studio : IAsyncDisposable
{
    /// <summary>Pixels of every picture: as a whole beside the panels at full size.</summary>
    public const int Width = 900, Height = 600;

    private static readonly string[] Colors = ["#e6550d", "#3182bd", "#31a354", "#756bb1", "#e7ba52", "#ce6dbd"];

    private Studio(IngestServer server) => Server = server;

    public IngestServer Server { get; }

    public static async Task<Studio> OpenAsync() => new(await IngestServer.StartAsync());

    /// <summary>Classes with the keys 1, 2 and so on.</summary>
    public static Ontology Classes(bool oneTag, ShapeKind shape, params string[] names) => new()
    {
        OneTag = oneTag,
        Classes = [.. names.Select((name, i) => new LabelClass { Id = name, Name = name, Color = Colors[i], Key = (i + 1).ToString(CultureInfo.InvariantCulture), Shapes = [shape] })],
    };

    /// <summary>A project with so many pictures; tells where their editors are, in the order of the gallery.</summary>
    public async Task<(string Project, ImmutableArray<Picture> Pictures)> AddProjectAsync(Ontology ontology, int pictures)
    {
        var project = await Server.CreateProjectAsync();
        await Server.SaveOntologyAsync(project, ontology);
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            string[] files = [.. Enumerable.Range(1, pictures).Select(n => Path.Combine(folder, $"{n:000}.jpg"))];
            for (var i = 0; i < pictures; i++) await File.WriteAllBytesAsync(files[i], SyntheticScene.Create(SceneKind.Street, i + 1, Width, Height).Image.ToJpeg());
            var added = await Server.IngestAsync(await Server.UploadAsync(project, files));
            if (added != pictures) throw new InvalidOperationException($"{added} of {pictures} pictures were added.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var items = (await Server.GetAsync($"/api/projects/{project}/images?sort=path&limit=100")).GetProperty("items").EnumerateArray();
        return (project, [.. items.Select(image => Picture.Of(project, image.GetProperty("id").GetString()!, image.GetProperty("setId").GetString()!))]); // both are always there
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A picture: the address of its editor, its own id and that of its annotations.</summary>
    internal sealed record Picture(string Path, string ImageId, string SetId)
    {
        public static Picture Of(string project, string image, string set) => new($"/projects/{project}/images/{image}", image, set);
    }
}
