using Plumbline.Formats.Files;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Uploads;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>Opens the files that a job works on.</summary>
public sealed class ImportFiles(Database database, UploadStore uploads, ServerFolders folders)
{
    /// <summary>Opens them as one tree; ZIP files among them are files like any other.</summary>
    /// <exception cref="JobFailedException">They are no longer there.</exception>
    public async Task<IFileTree> OpenAsync(ImportPayload payload, CancellationToken cancellation)
    {
        if (payload.UploadId is null)
        {
            return new DirectoryTree(
                folders.Resolve(payload.Root ?? "", payload.Folder ?? "") ?? throw new JobFailedException($"There is no folder {payload.Root}/{payload.Folder} on the server."), followLinks: false);
        }

        var row = await database.ReadAsync(session => UploadSql.FindAsync(session, payload.UploadId), cancellation);
        if (row is null || (row.Bytes > 0 && !File.Exists(uploads.PathOf(row.Id)))) throw new JobFailedException("The uploaded bytes are no longer there. Upload the files again.");
        return new UploadTree(uploads.PathOf(row.Id), row.ToFiles());
    }

    /// <summary>Frees the bytes of an upload once they are taken in. Server folders are left alone.</summary>
    public void Release(ImportPayload payload)
    {
        if (payload.UploadId is not null) uploads.Delete(payload.UploadId);
    }
}
