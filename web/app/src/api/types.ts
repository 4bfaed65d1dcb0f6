import type { components } from './schema.d.ts';

/**
 * Shapes that travel between server and page, as the server's OpenAPI document describes them: JSON in camelCase, ids as text, times
 * RFC 3339 in UTC. `npm run api-types` renews `schema.d.ts`; written here is only what the document does not say.
 */
type Schemas = components['schemas'];

/** A schema of which the page knows more than the document. */
type Known<T, More> = Omit<T, keyof More> & More;

/** Ordered: each role may do what those before it may. */
export const projectRoles = [
  'viewer',
  'annotator',
  'reviewer',
  'manager',
  'owner',
] as const satisfies readonly ProjectRole[];
export type ProjectRole = Schemas['ProjectRole'];
export const tokenScopes = ['read', 'annotate', 'review', 'manage', 'admin'] as const satisfies readonly TokenScope[];
export type TokenScope = Schemas['TokenScope'];

export type Problem = Schemas['Problem'];
export type ProblemItem = NonNullable<Problem['errors']>[number];
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly count?: number | null;
}

export type Setup = Schemas['SetupState'];
export type Me = Schemas['Me'];
export type Session = Schemas['Session'];
export type User = Schemas['User'];
export type PersonRef = Schemas['PersonRef'];
export type Link = Schemas['ResetLink'];
export type Invitation = Schemas['Invitation'];
/** With the link, which only the answer that made it tells: the server keeps no readable copy. */
export type IssuedInvitation = Schemas['IssuedInvitation'];
export type JoinOffer = Schemas['Welcome'];
export type AccessToken = Schemas['AccessToken'];
/** With the secret itself, which only the answer that made it tells. */
export type IssuedToken = Schemas['IssuedToken'];

export type ProjectCounts = Schemas['ProjectCounts'];
export type ProjectSummary = Schemas['ProjectSummary'];
export type Project = Known<Schemas['Project'], { readonly settings: Readonly<Record<string, unknown>> }>;
export type Member = Schemas['Member'];

export type ShapeKind = Schemas['ShapeKind'];
export type AttributeKind = Schemas['AttributeKind'];
export type AttributeDefinition = Schemas['AttributeDefinition'];
export type LabelClass = Schemas['LabelClass'];
export type ClassExample = Schemas['ClassExample'];
/** Pixels of the upright, full-resolution image. */
export type ExampleRegion = Schemas['ExampleRegion'];
export type PredicateDefinition = Schemas['PredicateDefinition'];
export type PointPair = Schemas['SkeletonEdge'];
export type SkeletonDefinition = Schemas['SkeletonDefinition'];
export type Ontology = Schemas['Ontology'];
export type OntologyVersion = Schemas['OntologyVersion'];
export type ClassUsage = Schemas['ClassUsage'];

export type Finding = Schemas['Finding'];
export type SetFindings = Schemas['SetFindings'];

export type ImageState = Schemas['ImageState'];
export type Outcome = Schemas['Outcome'];
interface KnownOutcome {
  readonly outcome: Outcome;
}
/** Width and height are pixels of the upright picture. */
export type ImageSummary = Known<Schemas['ImageSummary'], KnownOutcome>;
export type ImageDetail = Known<Schemas['ImageDetail'], KnownOutcome>;
export type Neighbours = Known<
  Schemas['Neighbours'],
  { readonly previous: readonly ImageSummary[]; readonly next: readonly ImageSummary[] }
>;

export type UploadIntent = Schemas['ImportIntent'];
export type UploadStatus = Schemas['Upload'];
/** What opening an upload tells. */
export type Upload = Omit<UploadStatus, 'received' | 'state'>;

export type JobState = Schemas['JobState'];
export type Job = Known<Schemas['Job'], { readonly result: Readonly<Record<string, unknown>> | null }>;
export type ReportIssue = Known<Schemas['Issue'], { readonly severity: 'info' | 'warning' | 'error' }>;
/** `issues` are the first hundred; `GET /jobs/{jobId}/issues` pages through all. */
export type ImportReport = Known<Schemas['Report'], { readonly issues: readonly ReportIssue[] }>;

export type Format = Schemas['Format'];
export type ImportPreview = Known<Schemas['ImportPreview'], { readonly issues: readonly ReportIssue[] }>;
export type PreviewClass = Schemas['PreviewClass'];
export type PreviewPicture = Schemas['PreviewPicture'];
export type PreviewShape = Schemas['PreviewShape'];
export type ClassChoice = Schemas['ClassChoice'];

export type ExportRequest = Required<Schemas['NewExport']>;
export type ExportScope = ExportRequest['scope'];
export type ExportForecast = Schemas['ExportForecast'];
export type FormatForecast = Schemas['FormatForecast'];
export type ForecastLoss = Schemas['ForecastLoss'];
/** What an export's job has as its result. */
export interface ExportResult {
  readonly fileName: string;
  readonly bytes: number;
  readonly images: number;
  readonly annotations: number;
  readonly losses: number;
  /** Those that change what the labels say. */
  readonly labelLosses: number;
}
export type ExportLoss = Schemas['Loss'];

export interface SetEvent {
  readonly setId: string;
  readonly imageId: string;
  readonly projectId: string;
  readonly revision: number;
  readonly by: PersonRef;
  readonly clientId: string | null;
}
export interface PresenceEvent {
  readonly imageId: string;
  readonly projectId: string;
  readonly people: readonly PersonRef[];
}
/** What the server tells without being asked. `resync`: something may have been missed, read again. */
export interface ServerEvents {
  readonly job: Job;
  readonly set: SetEvent;
  readonly presence: PresenceEvent;
  readonly images: { readonly projectId: string };
  readonly ontology: { readonly projectId: string; readonly version: number };
  readonly resync: Readonly<Record<string, never>>;
}
