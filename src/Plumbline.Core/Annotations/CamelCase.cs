using System.Text.Json;

namespace Plumbline.Core.Annotations;

/// <summary>Names of enum members as they stand on the wire and in the database.</summary>
public static class CamelCase
{
    /// <summary>The member's name with a small first letter.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
