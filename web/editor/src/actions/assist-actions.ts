import { clamp } from '../geometry/moving.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { EditorRecord, Shape } from '../model/annotation.ts';
import type { Session } from '../session.ts';
import type { EditorState } from '../state.ts';
import { counted, Edits } from './edits.ts';

/** How far a polygon's edge may be from the object's, in CSS pixels, and within what bounds in image pixels. */
const fitReach = 8;
const [leastReach, mostReach] = [2, 64];
const mostBoxes = 200;
const atOnce = 4;

/** Edits of objects that are there by what the picture shows. Each is one step of undo; locked objects are passed over. */
export class AssistActions {
  readonly #state: EditorState;
  readonly #edits: Edits;

  constructor(state: EditorState) {
    this.#state = state;
    this.#edits = new Edits(state);
  }

  /** Shrinks boxes to the edges of the objects in them. */
  async tighten(ids: readonly string[]): Promise<void> {
    const records = this.#edits.changeable(ids).filter(({ shape }) => shape.kind === 'box');
    if (records.length === 0) return;
    if (records.length > mostBoxes) {
      this.#state.notify(`Up to ${mostBoxes} boxes can be tightened at once.`);
      return;
    }
    const { session } = this.#state;
    const boxes = records.flatMap(({ shape }) =>
      shape.kind === 'box'
        ? [{ left: shape.x, top: shape.y, right: shape.x + shape.width, bottom: shape.y + shape.height }]
        : [],
    );
    const tight: (ImageBox | null)[] = [];
    // A few at a time, so that other questions do not wait for all of them.
    for (let i = 0; i < boxes.length; i += atOnce) {
      const found = await this.#state.assist.ask('tighten', { boxes: boxes.slice(i, i + atOnce) }, 'tighten');
      if (found === null) return;
      tight.push(...found.boxes);
    }
    const shapes = tight.map((box): Shape | null =>
      box === null
        ? null
        : { kind: 'box', x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top },
    );
    const missed = shapes.filter((shape) => shape === null).length;
    if (missed > 0) {
      const which = records.length === 1 ? 'this box' : `${missed} of ${records.length} boxes`;
      this.#state.notify(`No object stands out in ${which}.`);
    }
    this.#put('Tighten', session, records, shapes);
  }

  /** Moves the outlines of polygons onto edges of the picture that are near. */
  async fitToEdges(ids: readonly string[]): Promise<void> {
    const records = this.#edits.changeable(ids).filter(({ shape }) => shape.kind === 'polygon');
    const { session, assist, camera, drawing } = this.#state;
    const reach = clamp(fitReach / camera.value.scale, leastReach, mostReach);
    const { detail } = drawing.value.assist;
    const shapes: (Shape | null)[] = [];
    for (const { shape } of records) {
      if (shape.kind !== 'polygon') continue;
      const found = await assist.ask('fit', { polygon: shape, reach, detail }, 'fit');
      if (found === null) return;
      shapes.push(found.polygon);
    }
    this.#put('Fit to edges', session, records, shapes);
  }

  /** Puts the new shapes, unless the image or the objects have changed in the meantime. */
  #put(
    label: string,
    session: Session | null,
    records: readonly EditorRecord[],
    shapes: readonly (Shape | null)[],
  ): void {
    if (session === null || this.#state.session !== session) return;
    const changed = records.flatMap((record, i): EditorRecord[] => {
      const shape = shapes[i] ?? null;
      const isSame = session.store.get(record.id) === record && !this.#state.isLocked(record);
      return shape === null || !isSame ? [] : [this.#assisted(record, shape)];
    });
    this.#edits.put(counted(label, changed), changed);
  }

  /** What this person drew is now theirs with help; what others made is edited. */
  #assisted(record: EditorRecord, shape: Shape): EditorRecord {
    const reshaped = this.#edits.reshaped(record, shape);
    const { origin, by } = reshaped.provenance;
    if (origin !== 'drawn' || by !== this.#state.user.id) return reshaped;
    return { ...reshaped, provenance: { origin: 'assisted', by, at: new Date().toISOString() } };
  }
}
