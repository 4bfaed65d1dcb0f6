import type { EditorOptions } from '../src/api.ts';
import type { Assist } from '../src/assist/assist.ts';
import { AnnotationEditor } from '../src/editor.ts';
import type { EditorRecord, Shape, WireAnnotation } from '../src/model/annotation.ts';
import { newId } from '../src/model/ids.ts';
import type { LabelClass, Ontology } from '../src/model/ontology.ts';
import type { Engine, LoadedSet, Picture } from '../src/render/engine.ts';
import { type PackedRecords, unpack } from '../src/render/packing.ts';
import { readSet } from '../src/render/read-set.ts';
import { Scene } from '../src/render/scene.ts';
import type { WindowLimits } from '../src/set-window.ts';
import type { JournalStorage } from '../src/sync/journal.ts';
import { MemoryStorage } from '../src/sync/memory-storage.ts';
import type { SyncPort } from '../src/sync/port.ts';
import type { ToolPointer } from '../src/tools/tool.ts';
import { FakeServer, Network } from './fake-server.ts';

/** Parses like the worker does, draws nothing. */
class HeadlessEngine implements Engine {
  readonly #pictures: () => Promise<Picture>;
  #version = 0;

  constructor(pictures: () => Promise<Picture>) {
    this.#pictures = pictures;
  }

  loadPicture(): Promise<Picture> {
    return this.#pictures();
  }

  async tone(level: ImageBitmap): Promise<ImageBitmap> {
    return level;
  }

  async loadTile(): Promise<ImageBitmap> {
    throw new Error('There are no tiles.');
  }

  async loadSet(_: string, bytes: ArrayBuffer): Promise<LoadedSet> {
    return this.#read(bytes, false);
  }

  async addToSet(_: string, bytes: ArrayBuffer): Promise<LoadedSet> {
    return this.#read(bytes, true);
  }

  #read(bytes: ArrayBuffer, adds: boolean): LoadedSet {
    const records: EditorRecord[] = [];
    const revisions = new Map<string, number>();
    const unpacked = (packed: PackedRecords) => {
      for (const { record, revision } of unpack(packed)) {
        records.push(record);
        revisions.set(record.id, revision);
      }
    };
    const header = readSet(bytes, new Scene(), adds, unpacked);
    return { header, records, revisions };
  }

  change(): number {
    return ++this.#version;
  }

  setStyle(): number {
    return ++this.#version;
  }

  dropScene(): void {}
  draw(): void {}
  onLayer(): void {}
  dispose(): void {}
}

/** Knows nothing about the picture. */
class NoAssist implements Assist {
  onFailure = () => {};
  open(): void {}
  drop(): void {}
  dispose(): void {}

  async ask(): Promise<null> {
    return null;
  }
}

function labelClass(id: string, name: string, shapes: LabelClass['shapes'] = []): LabelClass {
  return {
    id,
    name,
    parentId: null,
    color: '#3366ff',
    key: null,
    shapes,
    description: '',
    attributes: [],
    skeletonId: null,
    retired: false,
  };
}

export const testOntology: Ontology = {
  classes: [
    labelClass('car', 'Car'),
    labelClass('person', 'Person'),
    labelClass('lane', 'Lane', ['polyline']),
    { ...labelClass('body', 'Body', ['keypoints']), skeletonId: 'arms' },
  ],
  imageAttributes: [],
  skeletons: [
    {
      id: 'arms',
      name: 'Arms',
      points: ['head', 'left hand', 'right hand'],
      edges: [
        { from: 0, to: 1 },
        { from: 0, to: 2 },
      ],
      mirrored: [{ from: 1, to: 2 }],
    },
  ],
};

export function wire(id: string, shape: Shape, more: Partial<WireAnnotation> = {}): WireAnnotation {
  return {
    id,
    classId: 'car',
    shape,
    attributes: {},
    z: 0,
    groupId: null,
    ignore: false,
    score: null,
    provenance: { origin: 'imported', by: null, at: null },
    revision: 0,
    ...more,
  };
}

export const box = (x: number, y: number, width: number, height: number): Shape => ({
  kind: 'box',
  x,
  y,
  width,
  height,
});

export type TestSetup = {
  readonly server?: FakeServer;
  readonly network?: Network;
  readonly storage?: JournalStorage;
  readonly person?: string;
  readonly readOnly?: boolean;
  /** What decoding a picture gives. */
  readonly pictures?: () => Promise<Picture>;
  readonly assist?: Assist;
  /** The image is a large one, and so much of its objects is here at a time. */
  readonly limits?: WindowLimits;
  /** Another server than `server`, and the set on it. */
  readonly elsewhere?: { readonly port: SyncPort; readonly setId: string };
};

/** The whole editor without a page: 100 × 100 pixels, one screen pixel each, the image's corner at (50, 50). */
export class TestEditor extends AnnotationEditor {
  readonly server: FakeServer;
  readonly network: Network;

  private constructor(setup: TestSetup) {
    const server = setup.server ?? new FakeServer(newId());
    const network = setup.network ?? new Network();
    const person = setup.person ?? 'ann';
    const options: EditorOptions = {
      port: setup.elsewhere?.port ?? server.port(person, network),
      server: 'test',
      user: { id: person, name: person },
    };
    super(options, {
      assist: setup.assist ?? new NoAssist(),
      engine: new HeadlessEngine(setup.pictures ?? (async () => ({ levels: [] }))),
      storage: setup.storage ?? new MemoryStorage(),
      ...(setup.limits === undefined ? {} : { limits: setup.limits }),
    });
    this.server = server;
    this.network = network;
  }

  static async open(setup: TestSetup = {}): Promise<TestEditor> {
    const editor = new TestEditor(setup);
    await editor.openImage({
      imageId: 'image',
      setId: setup.elsewhere?.setId ?? editor.server.setId,
      picture: new Blob(),
      size: { width: 100, height: 100 },
      isOverview: setup.limits !== undefined,
      ontology: testOntology,
      readOnly: setup.readOnly ?? false,
    });
    if (editor.image.value.status !== 'ready') throw new Error(JSON.stringify(editor.image.value));
    editor.zoomToScale(1);
    return editor;
  }

  records(): readonly EditorRecord[] {
    return this.annotations.value.list();
  }

  /** Press, move and release at image points. */
  drag(points: readonly (readonly [number, number])[], held: Partial<ToolPointer> = {}): void {
    points.forEach((point, i) => {
      if (i === 0) this.press(point, held);
      else this.move(point, held);
    });
    const last = points.at(-1);
    if (last !== undefined) this.release(last, held);
  }

  click(x: number, y: number, held: Partial<ToolPointer> = {}): void {
    this.drag([[x, y]], held);
  }

  press(point: readonly [number, number], held: Partial<ToolPointer> = {}): void {
    this.toolbox.down(this.#pointer(point, held), false);
  }

  move(point: readonly [number, number], held: Partial<ToolPointer> = {}): void {
    this.toolbox.move(this.#pointer(point, held));
  }

  release(point: readonly [number, number], held: Partial<ToolPointer> = {}): void {
    this.toolbox.up(this.#pointer(point, held));
  }

  key(name: string): boolean {
    return this.commands.runKey(name);
  }

  #pointer([x, y]: readonly [number, number], held: Partial<ToolPointer>): ToolPointer {
    const screen = this.toolbox.camera.toScreen({ x, y });
    const image = { x, y };
    const trail = [{ image, pressure: held.pressure ?? null }];
    return { image, screen, shift: false, alt: false, ctrl: false, pressure: null, trail, ...held };
  }
}
