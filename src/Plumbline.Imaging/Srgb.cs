using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>Brings any colour to 8-bit sRGB (grey of 8 bits stays grey), by the embedded ICC profile where there is one.</summary>
internal static class Srgb
{
    private const string Profile = "icc-profile-data";

    /// <summary>Whether nothing needs to be done.</summary>
    internal static bool Holds(VipsImage image) => !image.Has(Profile) && IsPlain(image);

    internal static VipsImage From(VipsImage image)
    {
        if (image.Has(Profile) && image.Interpretation is not (VipsInterpretation.Lab or VipsInterpretation.LabQ))
        {
            try
            {
                return new VipsOperation("icc_transform", image).SetString("output-profile", "srgb").Set("embedded", true).SetParsed("intent", "relative").Run();
            }
            catch (VipsException)
            {
                // A profile that does not fit its picture: the next best reading is that of a picture without one.
            }
        }

        return IsPlain(image) ? new VipsOperation("copy", image).Run() : new VipsOperation("colourspace", image).SetParsed("space", "srgb").Run();
    }

    private static bool IsPlain(VipsImage image) => image.Interpretation is VipsInterpretation.Srgb or VipsInterpretation.BlackWhite && image.Format == VipsBandFormat.UChar;
}
