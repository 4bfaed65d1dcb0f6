using Plumbline.Server.Features.Imports;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Tiles;
using Plumbline.Server.Features.Uploads;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Images;

/// <summary>Registers everything by which pictures come in and go out.</summary>
public static class ImagesSetup
{
    /// <summary>Adds the services.</summary>
    public static void AddImages(this IServiceCollection services)
    {
        services.AddSingleton<BlobStore>();
        services.AddSingleton<ImageChanges>();
        services.AddSingleton<UploadStore>();
        services.AddSingleton<UploadSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<UploadSweeper>());
        services.AddSingleton<ServerFolders>();
        services.AddSingleton<ImportFiles>();
        services.AddSingleton<ImageIngest>();
        services.AddSingleton<IJobHandler, IngestJob>();
        services.AddSingleton<IJobHandler, DatasetImportJob>();
        services.AddSingleton<IJobHandler, PreviewJob>();
        services.AddSingleton<TilesQueue>();
        services.AddSingleton<IJobHandler, TilesJob>();
        services.AddHostedService<TilesBackfill>();
    }

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        ImagesApi.Map(api);
        PicturesApi.Map(api);
        UploadsApi.Map(api);
        ServerFoldersApi.Map(api);
        ImportsApi.Map(api);
        ReportsApi.Map(api);
    }
}
