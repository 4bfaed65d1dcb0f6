namespace Plumbline.Server.Observability;

/// <summary>Structured logs on standard output: one JSON object a line, or plain lines for a person at a terminal.</summary>
public static class Logs
{
    /// <summary>Replaces the default providers.</summary>
    public static void Configure(ILoggingBuilder logging, ServerOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // warns that its keys are in the database, which is the intent
        if (options.PlainLogs) logging.AddSimpleConsole(console => console.SingleLine = true);
        else logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
    }
}
