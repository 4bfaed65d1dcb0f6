namespace Plumbline.Formats.Files;

/// <summary>Something that may not be replaced stands where a target is to be.</summary>
public sealed class TargetInUseException(string message) : IOException(message);
