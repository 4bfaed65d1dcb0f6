using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Plumbline.Imaging;
using Plumbline.Imaging.Tiles;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Images;

/// <summary>The bytes of pictures: always upright, and the same for ever under an address with their version.</summary>
public static class PicturesApi
{
    private const int SmallSide = 256;
    private const string ForEver = "private, max-age=31536000, immutable";
    private const string Ask = "private, no-cache";

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/images/{imageId}/thumbnail", GetThumbnail).Allow(ProjectRole.Viewer).WithName("GetThumbnail").Produces(200, contentType: "image/jpeg");
        api.MapGet("/images/{imageId}/pixels", GetPixels).Allow(ProjectRole.Viewer).WithName("GetPixels").Produces(200, contentType: "image/jpeg");
        api.MapGet("/images/{imageId}/tiles/{level}/{column}/{row}", GetTile).Allow(ProjectRole.Viewer).WithName("GetTile").Produces(200, contentType: "image/jpeg");
    }

    private static async Task<Results<FileContentHttpResult, PhysicalFileHttpResult, ProblemHttpResult>> GetThumbnail(
        string imageId, int? size, string? v, HttpContext http, Database database, BlobStore blobs, CancellationToken cancellation)
    {
        if (size is not (null or SmallSide or Thumbnail.LongestSide)) return Problems.Invalid($"Thumbnails have {SmallSide} or {Thumbnail.LongestSide} pixels.");
        if (await database.ReadAsync(session => ImageSql.FindAsync(session, imageId), cancellation) is not { } image) return Problems.NotFound("image");
        Label(http, v, image.ThumbnailSha256);
        if (size != SmallSide) return TypedResults.PhysicalFile(blobs.PathOf(image.ThumbnailSha256), image.ThumbnailType, entityTag: Tag(image.ThumbnailSha256));
        var format = image.ThumbnailType == ImageFormat.WebP.MediaType() ? ImageFormat.WebP : ImageFormat.Jpeg;
        var stored = await File.ReadAllBytesAsync(blobs.PathOf(image.ThumbnailSha256), cancellation);
        return TypedResults.Bytes(Thumbnail.Reduce(stored, format, SmallSide), image.ThumbnailType, entityTag: Tag(image.ThumbnailSha256 + "-256"));
    }

    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> GetPixels(
        string imageId, string? v, HttpContext http, Database database, BlobStore blobs, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => ImageSql.FindAsync(session, imageId), cancellation) is not { } image) return Problems.NotFound("image");
        Label(http, v, image.PixelsSha256);
        return TypedResults.PhysicalFile(blobs.PathOf(image.PixelsSha256), image.PixelsType, entityTag: Tag(image.PixelsSha256), enableRangeProcessing: true);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetTile(
        string imageId, int level, int column, int row, string? v, HttpContext http, Database database, BlobStore blobs, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => ImageSql.FindAsync(session, imageId), cancellation) is not { } image) return Problems.NotFound("image");
        if (image.PyramidSha256 is not { } sha256) return Problems.NotFound("tile");
        if (await TilePyramid.ReadTileAsync(blobs.PathOf(sha256), level, column, row, cancellation) is not (var bytes, var format)) return Problems.NotFound("tile");
        Label(http, v, sha256);
        return TypedResults.Bytes(bytes, format.MediaType(), entityTag: Tag($"{sha256}-{level}-{column}-{row}"));
    }

    /// <summary>Only an address with the right version may be kept without asking; and nothing may be taken for anything but a picture.</summary>
    private static void Label(HttpContext http, string? version, string sha256)
    {
        http.Response.Headers.CacheControl = version is { Length: >= 8 } && sha256.StartsWith(version, StringComparison.Ordinal) ? ForEver : Ask;
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }

    private static EntityTagHeaderValue Tag(string sha256) => new($"\"{sha256}\"");
}
