namespace Plumbline.Server.Observability;

/// <summary>Structured logs on standard output: one JSON object a line, or plain lines for a person at a terminal.</summary>
public static class Logs
{
    /// <summary>Replaces the default providers.</summary>
    /// <param name="logging">Where to configure.</param>
    /// <param name="options">Plain or JSON.</param>
    /// <param name="isStarted">Whether the server has started. Until then whoever starts it is told of faults and says them better.</param>
    public static void Configure(ILoggingBuilder logging, ServerOptions options, Func<bool> isStarted)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && isStarted());
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // warns that its keys are in the database, which is the intent
        if (options.PlainLogs) logging.AddSimpleConsole(console => console.SingleLine = true);
        else logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
    }
}
