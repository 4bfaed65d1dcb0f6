using System.Text.Json;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.LabelStudio;

/// <summary>Which JSON files of a tree are Label Studio exports, judged from their first 64 KiB.</summary>
internal static class LabelStudioFiles
{
    private const int HeadBytes = 64 * 1024;
    private const int MaxCandidates = 1000;

    /// <summary>The export files, ordered by path.</summary>
    public static List<string> Of(IFileTree tree) => [.. tree.Files.Where(f => TreePath.Extension(f) == ".json").Take(MaxCandidates).Where(f => LooksLike(tree, f))];

    private static bool LooksLike(IFileTree tree, string path)
    {
        var bytes = FileHead.Read(tree, path, HeadBytes);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
        bool data = false, sets = false, result = false, min = false;
        try
        {
            if (!reader.Read() || reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject)) return false;
            var top = reader.TokenType == JsonTokenType.StartArray ? 2 : 1;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                if (reader.CurrentDepth == top)
                {
                    data |= reader.ValueTextEquals("data"u8);
                    sets |= reader.ValueTextEquals("annotations"u8) || reader.ValueTextEquals("predictions"u8) || reader.ValueTextEquals("completions"u8);
                    min |= top == 2 && (reader.ValueTextEquals("annotation_id"u8) || reader.ValueTextEquals("annotator"u8));
                }
                else if (reader.CurrentDepth == top + 2)
                {
                    result |= sets && reader.ValueTextEquals("result"u8);
                    min |= top == 2 && reader.ValueTextEquals("original_width"u8);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Judged by what came before; reading it will say where it is broken.
        }

        return (data && sets) || result || min;
    }
}
