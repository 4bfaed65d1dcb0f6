using Plumbline.Server.Description;
using Plumbline.Server.Features.Accounts;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Demo;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Exports;
using Plumbline.Server.Features.Formats;
using Plumbline.Server.Features.Images;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Features.Projects;
using Plumbline.Server.Idempotency;
using Plumbline.Server.Observability;
using Plumbline.Server.Pages;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server;

/// <summary>Puts the server together: a table of contents.</summary>
public static class ServerApp
{
    /// <summary>Opens the data folder, brings the schema up to date and returns the server, not yet listening.</summary>
    /// <exception cref="ArgumentException">The options contradict each other or name what cannot be read.</exception>
    /// <exception cref="DataFolderInUseException">Another server works on the data folder.</exception>
    public static async Task<WebApplication> BuildAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        if (options.Database is null && options.Role != ServerRole.All)
        {
            throw new ArgumentException("SQLite serves one process; give a PostgreSQL connection string to split the roles.", nameof(options));
        }

        var folder = DataFolder.Open(options);
        try
        {
            var database = await DataFolder.OpenDatabaseAsync(options, cancellation);
            var app = Build(options, folder, database);
            if (options.Demo) await app.Services.GetRequiredService<DemoSeed>().PlantAsync(cancellation);
            if (!await database.ReadAsync(UserSql.AnyAsync, cancellation)) app.Services.GetRequiredService<SetupCode>().Issue();
            return app;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static WebApplication Build(ServerOptions options, DataFolder folder, Database database)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Hosting.Configure(builder, options);
        WebApplication? built = null;
        Logs.Configure(builder.Logging, options, () => built?.Lifetime.ApplicationStarted.IsCancellationRequested == true);
        AddServices(builder.Services, options);
        builder.Services.AddSingleton(_ => folder);
        builder.Services.AddSingleton(_ => database);

        var app = built = builder.Build();
        _ = app.Services.GetRequiredService<DataFolder>(); // from here on the container closes both
        _ = app.Services.GetRequiredService<Database>();
        Hosting.UseTrustedProxies(app, options);
        SecurityHeaders.Use(app);
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        WebPages.UseFiles(app, options);
        app.UseSecurity();
        WebPages.UsePage(app, options);
        app.UseMiddleware<IdempotencyMiddleware>();
        Map(app, options);
        EndpointAudit.RequireAccess(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.ConfigureHttpJsonOptions(json => JsonSettings.Apply(json.SerializerOptions));
        services.AddProblemDetails();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // so that a body that cannot be read gets a problem document too
        services.AddSecurity();
        WebPages.AddServices(services);
        OpenApiSetup.AddServices(services);
        services.AddSingleton<SignIn>();
        services.AddImages();
        services.AddSingleton<EventBus>();
        services.AddSingleton<Presence>();
        services.AddHostedService(provider => provider.GetRequiredService<Presence>());
        services.AddHostedService<EventBridge>();
        services.AddSingleton<AnnotationStore>();
        services.AddSingleton<IJobHandler, ExportJob>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<DemoSeed>();
        services.AddSingleton<IJobHandler, DemoJob>();
        services.AddHostedService<JobRunner>();
    }

    private static void Map(WebApplication app, ServerOptions options)
    {
        Health.Map(app);
        if (options.Role == ServerRole.Worker) return;
        var api = app.MapGroup("/api");
        AccountsSetup.Map(api);
        ProjectsApi.Map(api);
        MembersApi.Map(api);
        OntologyApi.Map(api);
        AuditApi.Map(api);
        AnnotationsApi.Map(api);
        FindingsApi.Map(api);
        EventsApi.Map(api);
        JobsApi.Map(api);
        ImagesSetup.Map(api);
        FormatsApi.Map(api);
        ExportsApi.Map(api);
        OpenApiSetup.Map(api);
        ReferencePage.Map(api);
    }
}
