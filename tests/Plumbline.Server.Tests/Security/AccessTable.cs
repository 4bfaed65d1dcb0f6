using static Plumbline.Server.Tests.Security.Needs;

namespace Plumbline.Server.Tests.Security;

/// <summary>The least that a caller needs.</summary>
public enum Needs
{
    /// <summary>Nothing.</summary>
    Nobody,

    /// <summary>Any session or token; tokens that only read may not change anything.</summary>
    SignedIn,

    /// <summary>A session of a browser.</summary>
    Session,

    /// <summary>The role manager in at least one project; 403 for everybody else.</summary>
    ManagerSomewhere,

    /// <summary>An administrator.</summary>
    Admin,

    Viewer,
    Annotator,
    Reviewer,
    Manager,
    Owner,
}

/// <summary>Who may call one operation.</summary>
/// <param name="Id">The operation's id in the OpenAPI document.</param>
/// <param name="Needs">The least that a caller needs; everybody else gets 401, 403 or 404.</param>
/// <param name="Allowed">The exact status that those get who may call; null for anything below 500 but 401, 403 and 404. The default body is none that the operation understands.</param>
/// <param name="Query">Added to the address; <c>{projectId}</c> and the like are filled in.</param>
/// <param name="Body">JSON to send, filled in likewise.</param>
public sealed record Operation(string Id, Needs Needs, int? Allowed = null, string Query = "", string? Body = null);

/// <summary>Every operation of the API and who may call it: one line each, by slice.</summary>
public static class AccessTable
{
    public static readonly Operation[] Operations =
    [
        // Accounts
        new("GetSetup", Nobody),
        new("CreateFirstOwner", Nobody),
        new("GetSession", Nobody),
        new("SignIn", Nobody),
        new("SignOut", Session, 204),
        new("UpdateAccount", Session),
        new("ChangePassword", Session),
        new("ListUsers", Admin, 200),
        new("UpdateUser", Admin),
        new("CreateResetLink", Admin, 200),
        new("CreateInvitation", Manager, 201, Body: """{"email":"new@example.org","projectId":"{projectId}","role":"viewer"}"""),
        new("ListInvitations", Admin, 200),
        new("ListProjectInvitations", Manager, 200),
        new("RevokeInvitation", SignedIn, 404),
        new("GetInvitation", Nobody, 410),
        new("AcceptInvitation", Nobody),
        new("GetPasswordReset", Nobody, 410),
        new("ResetPassword", Nobody),
        new("ListTokens", Session, 200),
        new("CreateToken", Session),
        new("RevokeToken", Session, 404),

        // Projects
        new("ListProjects", SignedIn, 200),
        new("CreateProject", SignedIn),
        new("GetProject", Viewer, 200),
        new("UpdateProject", Manager),
        new("DeleteProject", Owner),
        new("ListMembers", Viewer, 200),
        new("SetMember", Manager),
        new("RemoveMember", Manager, 404),

        // Ontologies
        new("GetOntology", Viewer, 200),
        new("UpdateOntology", Manager),
        new("ListOntologyVersions", Viewer, 200),
        new("GetOntologyVersion", Viewer, 200),
        new("GetOntologyUsage", Viewer, 200),

        // Audit
        new("ListAudit", Manager, 200, Query: "?projectId={projectId}"),

        // Jobs
        new("ListProjectJobs", Viewer, 200),
        new("ListJobs", Admin, 200),
        new("GetJob", Viewer, 200),
        new("CancelJob", Manager, 409),
        new("RetryJob", Manager, 409),
        new("ListJobIssues", Viewer, 200),

        // Images
        new("ListImages", Viewer, 200),
        new("GetImage", Viewer, 200),
        new("GetImageNeighbours", Viewer, 200),
        new("GetThumbnail", Viewer),
        new("GetPixels", Viewer),
        new("GetTile", Viewer),
        new("RemoveImages", Manager),
        new("RestoreImages", Manager),
        new("OpenUpload", Manager),
        new("GetUpload", Manager, 200),
        new("PutUploadPart", Manager),
        new("CompleteUpload", Manager),
        new("ListReports", Viewer, 200),
        new("ListServerFolders", ManagerSomewhere, 200),
        new("StartServerImport", Manager),
        new("GetImportPreview", Manager, 404), // the seeded job is an export
        new("GetImportPreviewPicture", Manager, 404),
        new("LookAtImportAgain", Manager),
        new("StartImport", Manager),
        new("DiscardImport", Manager, 404),

        // Formats
        new("ListFormats", SignedIn, 200),

        // Exports
        new("StartExport", Manager),
        new("ListExports", Manager, 200),
        new("ForecastExport", Manager, 200),
        new("GetExportFile", Manager, 404), // the seeded job made no file
        new("ListExportLosses", Manager, 404),

        // Annotations
        new("GetAnnotationSet", Viewer, 200),
        new("GetFindings", Viewer, 200),
        new("GetAnnotationChanges", Viewer, 200, Query: "?since=0"),
        new("ChangeAnnotations", Annotator),
        new("GetAnnotationHistory", Viewer, 200),
        new("GetEarlierState", Viewer, 200, Query: "?revision=0"),
        new("RestoreAnnotations", Annotator),

        // Events
        new("StreamEvents", SignedIn, 200),
        new("SetPresence", Viewer),
    ];
}
