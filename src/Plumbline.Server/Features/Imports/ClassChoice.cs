namespace Plumbline.Server.Features.Imports;

/// <summary>What becomes of a class of a dataset.</summary>
public enum ClassFate
{
    /// <summary>It is a class of the project.</summary>
    Existing,

    /// <summary>It is added to the project; several with one new name become one class.</summary>
    New,

    /// <summary>It is left out with its annotations.</summary>
    Drop,
}

/// <summary>What somebody decided about one class of a dataset. What nobody decides on goes by name: the class of the project that is called the same, otherwise a new one.</summary>
/// <param name="Index">Its place in the dataset.</param>
/// <param name="Name">Its name there; a dataset that has another one at this place was changed since.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="ClassId">With <see cref="ClassFate.Existing"/>: which class of the project.</param>
/// <param name="NewName">With <see cref="ClassFate.New"/>: its name in the project; null for the name in the dataset.</param>
public sealed record ClassChoice(int Index, string Name, ClassFate Fate, string? ClassId = null, string? NewName = null);
