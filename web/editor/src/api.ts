import type { AssistActions } from './actions/assist-actions.ts';
import type { EditActions } from './actions/edit-actions.ts';
import type { MaskActions } from './actions/mask-actions.ts';
import type { RelationActions } from './actions/relation-actions.ts';
import type { ShapeActions } from './actions/shape-actions.ts';
import type { TextActions } from './actions/text-actions.ts';
import type { CommandRegistry } from './commands/registry.ts';
import type { ImagePoint, ScreenBox, Size } from './geometry/spaces.ts';
import type { EditorRecord, OutcomeState } from './model/annotation.ts';
import type { Observable } from './model/observable.ts';
import type { Ontology } from './model/ontology.ts';
import type { Severity } from './render/badges.ts';
import type { ColorBy } from './render/coloring.ts';
import type { SetPart } from './render/protocol.ts';
import type { TileSource } from './render/tile-grid.ts';
import type { Visibility } from './store/changes.ts';
import type { Person, SyncPort } from './sync/port.ts';
import type { Conflict, Rejection, SaveStatus } from './sync/status.ts';
import type { ToolId } from './tools/all-tools.ts';
import type { VertexOf } from './tools/tool.ts';

export type { ToolId } from './tools/all-tools.ts';

export type EditorOptions = {
  readonly port: SyncPort;
  /** Names the server in the journal's key, e.g. `location.origin`. */
  readonly server: string;
  readonly user: Person;
  /** Where unsent work is kept: in the browser, or only as long as the page, for what need not outlive it. */
  readonly journal?: 'browser' | 'page';
};

/** One image to open or to fetch ahead. */
export type ImageSource = {
  readonly imageId: string;
  readonly setId: string;
  /** Where the upright picture is, or its bytes. */
  readonly picture: string | Blob;
  /** `picture` is only a small one of it: the image is too large to be loaded whole; `setTiles` brings the rest. */
  readonly isOverview?: boolean;
  /** Size of the upright, full-resolution image. */
  readonly size: Size;
};

export type OpenImage = ImageSource & { readonly ontology: Ontology; readonly readOnly: boolean };

export type ImageState =
  | { readonly status: 'none' }
  | { readonly status: 'loading'; readonly source: ImageSource }
  | { readonly status: 'ready'; readonly source: ImageSource; readonly readOnly: boolean }
  /** `what` could not be loaded; `openImage` again tries again. */
  | {
      readonly status: 'failed';
      readonly source: ImageSource;
      readonly what: 'picture' | 'annotations';
      readonly message: string;
    };

/** An immutable view of the annotations of the open image; a new one after every change. */
export interface AnnotationsView {
  readonly size: number;
  get(id: string): EditorRecord | undefined;
  /** Bottom to top: by `z`, then by id. Sorted on first use, then kept. */
  list(): readonly EditorRecord[];
  /** Number of annotations per class id. Counted on first use, then kept. */
  countByClass(): ReadonlyMap<string, number>;
}

/** How the picture's pixels are shown. They are never changed. For numbers 1 = as they are. */
export type PictureTone = {
  readonly brightness: number;
  readonly contrast: number;
  /** Above 1 the dark parts are lighter. */
  readonly gamma: number;
  /** 0 = grey. */
  readonly saturation: number;
  /** One of them alone is shown as grey. */
  readonly channel: 'all' | 'red' | 'green' | 'blue';
  readonly invert: boolean;
  /** Every lightness gets the same room (histogram equalisation). */
  readonly equalise: boolean;
};

/** How the image is looked at; never saved, not part of undo. */
export type ViewSettings = {
  readonly tone: PictureTone;
  /** What the colour of an object says. */
  readonly colorBy: ColorBy;
  /** Classes have colours that people with any colour blindness can tell apart. */
  readonly safeColors: boolean;
  /** How much of the picture an object's inside covers, 0–1. */
  readonly fill: number;
  /** The same for single classes, by id. */
  readonly classFill: Readonly<Record<string, number>>;
  /** Lines between pixels where they are large enough. */
  readonly pixelGrid: boolean;
  /** The surroundings of a dragged vertex, enlarged. */
  readonly magnifier: boolean;
  /** Only these objects are shown; null = all. */
  readonly isolated: ReadonlySet<string> | null;
};

/** How the tools behave; on this page only. */
export type DrawingSettings = {
  /** Vertices are drawn to vertices and edges of other objects. */
  readonly snapping: boolean;
  /** A dragged vertex takes those of other objects with it that lie at the same place. */
  readonly sharedBorders: boolean;
  /** Diameter of the brush in image pixels. */
  readonly brushSize: number;
  /** A pen that is pressed less paints thinner. */
  readonly penPressure: boolean;
  readonly maskRule: MaskRule;
  readonly assist: AssistSettings;
};

/** How the tools work that look at the picture's pixels. */
export type AssistSettings = {
  /** Colour distance in L*a*b* up to which a flood goes on; 1 can just be seen. */
  readonly tolerance: number;
  /** By how many image pixels an outline may be simplified. */
  readonly detail: number;
  /** Width of the cells of like colour, in CSS pixels. */
  readonly cellSize: number;
  /** How alike a place must be to be proposed: the correlation, up to 1. */
  readonly likeness: number;
};

/**
 * What masks share out among themselves: nothing, they may overlap; each pixel one object; or each pixel one class, of
 * which all pixels are one mask.
 */
export type MaskRule = 'overlap' | 'onePerObject' | 'onePerClass';

/** Where the camera is. `scale` = CSS pixels per image pixel. */
export type CameraView = {
  readonly center: ImagePoint;
  readonly scale: number;
  readonly viewport: Size;
};

export type HistoryView = {
  /** What undo would take back, in words for a tooltip; null when there is nothing. */
  readonly undo: string | null;
  readonly redo: string | null;
};

/** Something the person should read once, e.g. why a drawing was not begun. `id` differs for each. */
export type Notice = { readonly id: number; readonly tone: 'info' | 'warning'; readonly message: string };

/**
 * The annotation editor: one canvas, one open image, its annotations and their way to the server.
 * Everything to be shown is an `Observable`; nothing changes on pointer moves but `pointer` and `hovered`.
 */
export interface Editor {
  readonly image: Observable<ImageState>;
  readonly ontology: Observable<Ontology>;
  readonly annotations: Observable<AnnotationsView>;
  /** What of a set is here that is too large for the page: what is in view. Null = all of it. */
  readonly part: Observable<SetPart | null>;
  readonly outcome: Observable<OutcomeState>;
  readonly visibility: Observable<Visibility>;
  /** Ids of the selected annotations, in the order of selecting. */
  readonly selection: Observable<readonly string[]>;
  readonly hovered: Observable<string | null>;
  /** Bounds of the selection on the canvas, for the bar beside it; null when nothing is selected or it is being dragged. */
  readonly selectionFrame: Observable<ScreenBox | null>;
  readonly pointer: Observable<ImagePoint | null>;
  readonly tool: Observable<ToolId>;
  /** The vertices that are chosen, all of one object: what Delete removes and what a drag moves together. */
  readonly activeVertices: Observable<readonly VertexOf[]>;
  /** The object whose text is being typed; null = none. */
  readonly typing: Observable<string | null>;
  /** True while a drawing or a drag is in hand. */
  readonly busy: Observable<boolean>;
  readonly currentClass: Observable<string | null>;
  /** The predicate of the next relation; null = the first that goes between the two. */
  readonly currentPredicate: Observable<string | null>;
  readonly view: Observable<ViewSettings>;
  readonly drawing: Observable<DrawingSettings>;
  readonly camera: Observable<CameraView>;
  readonly history: Observable<HistoryView>;
  readonly saveStatus: Observable<SaveStatus>;
  readonly conflicts: Observable<readonly Conflict[]>;
  readonly rejections: Observable<readonly Rejection[]>;
  readonly notice: Observable<Notice | null>;

  /** Every edit, each one step of undo; without effect on a read-only image. */
  readonly actions: EditActions;
  /** Edits of shapes as such: combining, simplifying, converting, arranging. */
  readonly shapes: ShapeActions;
  /** Edits that look at the picture's pixels. */
  readonly assist: AssistActions;
  /** Edits of masks that no tool makes. */
  readonly masks: MaskActions;
  /** What is written in the picture. */
  readonly text: TextActions;
  /** What objects have to do with each other. */
  readonly relations: RelationActions;
  /** Every command with its keys; the app registers its own here too. */
  readonly commands: CommandRegistry;

  /** Puts the canvases into `host`, which must have a size and be positioned. Returns how to take them out again. */
  mount(host: HTMLElement): () => void;
  /** Resolves when the mounted canvas shows the picture and every annotation as they are now. */
  whenPainted(): Promise<void>;
  /** Settles when the image can be worked on or has failed; a later call wins over an earlier one. */
  openImage(image: OpenImage): Promise<void>;
  /** Fetches, decodes and parses ahead, most wanted first; what was fetched before and is not named may be dropped. */
  prefetch(images: readonly ImageSource[]): void;
  /** The classes changed while the image is open. */
  setOntology(ontology: Ontology): void;

  setTool(tool: ToolId): void;
  /** The class of what is drawn next. */
  setCurrentClass(classId: string): void;
  setCurrentPredicate(predicateId: string): void;
  select(ids: readonly string[]): void;
  /** Chooses vertices of the one selected object. */
  chooseVertices(vertices: readonly VertexOf[]): void;
  /** Marks an object as if the pointer were over it (a row of the objects panel). */
  hover(id: string | null): void;
  /** Marks the objects in which checks have found something; the others are not marked any more. */
  setFindings(severities: ReadonlyMap<string, Severity>): void;
  /** The tiles of an image, shown while it is the open one; null = none, or not yet. */
  setTiles(tiles: TileSource | null): void;
  setView(change: Partial<ViewSettings>): void;
  setDrawing(change: Partial<DrawingSettings>): void;
  fit(): void;
  /** Brings the objects into view, filling at most half of it. */
  zoomTo(ids: readonly string[]): void;
  /** Brings a place of the image into the middle. */
  centerOn(place: ImagePoint): void;
  /** Zooms about the middle of the canvas; 1 = one CSS pixel per image pixel. */
  zoomToScale(scale: number): void;

  /** Keeps one side of a conflict: `mine` is put again as a new change, `theirs` stays. */
  resolveConflict(id: string, keep: 'mine' | 'theirs'): void;
  /** Takes a refused change back: the object becomes what the server holds. */
  discardRejection(id: string): void;
  /** Tries again at once, e.g. after signing in or after a refusal was dealt with. */
  retrySaving(): void;
  /** Resolves when nothing is unsent any more. */
  whenSaved(): Promise<void>;
  /** Lets go of workers, canvases, listeners and channels. Unsent work stays in the journal. */
  dispose(): void;
}
