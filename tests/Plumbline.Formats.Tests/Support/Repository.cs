namespace Plumbline.Formats.Tests.Support;

/// <summary>Files of the checkout that tests hold the program against.</summary>
internal static class Repository
{
    /// <summary>A path from the root of the checkout.</summary>
    public static string Path(params ReadOnlySpan<string> parts)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "Plumbline.slnx"))) return System.IO.Path.Combine([at.FullName, .. parts]);
        }

        throw new InvalidOperationException("The tests run from a checkout.");
    }
}
