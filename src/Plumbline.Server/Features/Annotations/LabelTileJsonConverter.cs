using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Lets answers hold tiles of label maps in their one JSON form.</summary>
public sealed class LabelTileJsonConverter : JsonConverter<PlacedTile>
{
    /// <inheritdoc />
    public override PlacedTile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return LabelTileJson.Read(document.RootElement);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, PlacedTile value, JsonSerializerOptions options) => LabelTileJson.Write(writer, value);
}
