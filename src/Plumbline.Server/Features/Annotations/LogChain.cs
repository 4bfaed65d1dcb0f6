using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Server.Features.Annotations;

/// <summary>
/// The hash chain over a set's log: each entry's hash covers the one before, its own header and the hash of its document, so that an entry that was altered,
/// dropped or put in afterwards shows, while a document can still be pruned or erased without breaking the chain.
/// </summary>
public static class LogChain
{
    private const int Quality = 2;
    private const int Window = 18;

    /// <summary>Where a chain starts.</summary>
    public const string Start = "";

    /// <summary>SHA-256 of a document, lower-case hex; empty for none.</summary>
    public static string HashDocument(byte[]? document) => document is null ? "" : Convert.ToHexStringLower(SHA256.HashData(document));

    /// <summary>The hash of an entry that follows the one with the hash <paramref name="previous"/>.</summary>
    public static string Next(string previous, LogRow entry)
    {
        var header = string.Create(
            CultureInfo.InvariantCulture,
            $"{previous}\n{entry.SetId}\n{entry.Revision}\n{entry.Ordinal}\n{entry.AnnotationId}\n{entry.Op}\n{entry.ChangeSetId}\n{entry.UserId}\n{entry.At}\n{entry.DocHash}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(header)));
    }

    /// <summary>Checks a whole log, oldest first. Null when it holds; otherwise what is wrong, and where.</summary>
    public static string? FindFault(IEnumerable<LogRow> log)
    {
        var (previous, last) = (Start, (Revision: 0L, Ordinal: -1L));
        foreach (var entry in log)
        {
            var place = $"revision {entry.Revision}, entry {entry.Ordinal}";
            if (entry.Revision != last.Revision && (entry.Revision != last.Revision + 1 || entry.Ordinal != 0)) return $"Entries before {place} are missing.";
            if (entry.Revision == last.Revision && entry.Ordinal != last.Ordinal + 1) return $"Entries before {place} are missing.";
            if (Next(previous, entry) != entry.Hash) return $"The header of {place} was altered.";
            if (entry.Doc is { } doc && HashDocument(Unpack(doc)) != entry.DocHash) return $"The document of {place} was altered.";
            (previous, last) = (entry.Hash, (entry.Revision, entry.Ordinal));
        }

        return null;
    }

    /// <summary>Compresses a document for the log.</summary>
    public static byte[] Pack(byte[] document)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(document.Length)];
        if (!BrotliEncoder.TryCompress(document, packed, out var length, Quality, Window)) throw new InvalidOperationException("The document could not be compressed.");
        return packed[..length];
    }

    /// <summary>The document as it was.</summary>
    public static byte[] Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var document = new MemoryStream(packed.Length * 4);
        brotli.CopyTo(document);
        return document.ToArray();
    }
}
