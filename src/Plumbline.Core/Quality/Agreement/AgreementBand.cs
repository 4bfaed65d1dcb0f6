namespace Plumbline.Core.Quality.Agreement;

/// <summary>What an agreement coefficient allows.</summary>
/// <remarks>Krippendorff, "Content analysis", 2004, chapter 11.</remarks>
public enum AgreementBand
{
    /// <summary>At least .8: conclusions may rest on it.</summary>
    Reliable,

    /// <summary>.667 to .8: tentative conclusions.</summary>
    Tentative,

    /// <summary>Below .667: not to be relied on.</summary>
    Unreliable,
}

/// <summary>Bands of coefficients.</summary>
public static class AgreementBands
{
    /// <summary>The band of κ, α or ICC; null when it is undefined.</summary>
    public static AgreementBand? Of(Measure coefficient) => coefficient.Value switch
    {
        null => null,
        >= .8 => AgreementBand.Reliable,
        >= .667 => AgreementBand.Tentative,
        _ => AgreementBand.Unreliable,
    };
}
