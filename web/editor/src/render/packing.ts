import type { EditorRecord, PolygonPart, Shape, WireAnnotation } from '../model/annotation.ts';
import { assertNever } from '../model/assert-never.ts';
import type { ShapeKind } from '../model/ontology.ts';

/**
 * Annotations on their way from the worker: the geometry as two transferable arrays, the rest as JSON. Cloning the
 * objects would cost both threads several times as much.
 */
export type PackedRecords = {
  /** A list of `PackedRecord`. */
  readonly records: string;
  /** For each shape its kind and the lengths of its coordinate lists. */
  readonly structure: Int32Array;
  readonly numbers: Float64Array;
};

type PackedRecord = Omit<WireAnnotation, 'shape'>;

const kinds: readonly ShapeKind[] = [
  'tag',
  'point',
  'box',
  'rotatedBox',
  'ellipse',
  'polygon',
  'polyline',
  'keypoints',
  'mask',
  'cuboid',
];

export function pack(annotations: readonly WireAnnotation[]): PackedRecords {
  const structure: number[] = [];
  const numbers = new NumberLists();
  for (const { shape } of annotations) packShape(shape, structure, numbers);
  const records = annotations.map(
    ({
      id,
      classId,
      attributes,
      z,
      groupId,
      ignore,
      score,
      provenance,
      relations,
      verdict,
      revision,
    }): PackedRecord => ({
      id,
      classId,
      attributes,
      z,
      groupId,
      ignore,
      score,
      provenance,
      ...(relations === undefined ? {} : { relations }),
      ...(verdict === undefined ? {} : { verdict }),
      revision,
    }),
  );
  return { records: JSON.stringify(records), structure: new Int32Array(structure), numbers: numbers.values() };
}

export function unpack(packed: PackedRecords): { record: EditorRecord; revision: number }[] {
  const reader = new PackReader(packed.structure, packed.numbers);
  const records: readonly PackedRecord[] = JSON.parse(packed.records);
  return records.map(({ revision, ...record }) => ({ record: { ...record, shape: reader.shape() }, revision }));
}

function packShape(shape: Shape, structure: number[], numbers: NumberLists): void {
  const list = (values: readonly number[]) => {
    structure.push(values.length);
    numbers.add(values);
  };
  structure.push(kinds.indexOf(shape.kind));
  switch (shape.kind) {
    case 'tag':
      return;
    case 'point':
      numbers.add([shape.x, shape.y]);
      return;
    case 'box':
      numbers.add([shape.x, shape.y, shape.width, shape.height]);
      return;
    case 'rotatedBox':
      numbers.add([shape.cx, shape.cy, shape.width, shape.height, shape.angle]);
      return;
    case 'ellipse':
      numbers.add([shape.cx, shape.cy, shape.rx, shape.ry, shape.angle]);
      return;
    case 'polygon':
      structure.push(shape.parts.length);
      for (const part of shape.parts) {
        list(part.outer);
        structure.push(part.holes.length);
        part.holes.forEach(list);
      }
      return;
    case 'polyline':
    case 'keypoints':
      list(shape.points);
      return;
    case 'mask':
      numbers.add([shape.x, shape.y, shape.width, shape.height]);
      list(shape.runs);
      return;
    case 'cuboid':
      list(shape.corners);
      return;
    default:
      assertNever(shape);
  }
}

/** Lists of numbers, copied one after the other into an array that is made when its length is known. */
class NumberLists {
  readonly #lists: (readonly number[])[] = [];
  #length = 0;

  add(values: readonly number[]): void {
    this.#lists.push(values);
    this.#length += values.length;
  }

  values(): Float64Array {
    const all = new Float64Array(this.#length);
    let at = 0;
    for (const list of this.#lists) {
      all.set(list, at);
      at += list.length;
    }
    return all;
  }
}

class PackReader {
  readonly #structure: Int32Array;
  readonly #numbers: Float64Array;
  #s = 0;
  #n = 0;

  constructor(structure: Int32Array, numbers: Float64Array) {
    this.#structure = structure;
    this.#numbers = numbers;
  }

  shape(): Shape {
    const kind = kinds[this.#int()] ?? 'tag';
    switch (kind) {
      case 'tag':
        return { kind };
      case 'point':
        return { kind, x: this.#number(), y: this.#number() };
      case 'box':
        return { kind, x: this.#number(), y: this.#number(), width: this.#number(), height: this.#number() };
      case 'rotatedBox': {
        const [cx, cy, width, height, angle] = [
          this.#number(),
          this.#number(),
          this.#number(),
          this.#number(),
          this.#number(),
        ];
        return { kind, cx, cy, width, height, angle };
      }
      case 'ellipse': {
        const [cx, cy, rx, ry, angle] = [
          this.#number(),
          this.#number(),
          this.#number(),
          this.#number(),
          this.#number(),
        ];
        return { kind, cx, cy, rx, ry, angle };
      }
      case 'polygon':
        return { kind, parts: Array.from({ length: this.#int() }, () => this.#part()) };
      case 'polyline':
      case 'keypoints':
        return { kind, points: this.#list() };
      case 'mask': {
        const [x, y, width, height] = [this.#number(), this.#number(), this.#number(), this.#number()];
        return { kind, x, y, width, height, runs: this.#list() };
      }
      case 'cuboid':
        return { kind, corners: this.#list() };
      default:
        return assertNever(kind);
    }
  }

  #part(): PolygonPart {
    const outer = this.#list();
    return { outer, holes: Array.from({ length: this.#int() }, () => this.#list()) };
  }

  #list(): number[] {
    const length = this.#int();
    // Not number by number through the fields: most of a set's numbers pass here.
    const [numbers, from] = [this.#numbers, this.#n];
    const values: number[] = [];
    for (let i = 0; i < length; i++) values.push(numbers[from + i] ?? 0);
    this.#n += length;
    return values;
  }

  #int(): number {
    return this.#structure[this.#s++] ?? 0;
  }

  #number(): number {
    return this.#numbers[this.#n++] ?? 0;
  }
}
