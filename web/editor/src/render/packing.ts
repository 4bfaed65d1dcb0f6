import type { EditorRecord, PolygonPart, Shape, WireAnnotation } from '../model/annotation.ts';
import { assertNever } from '../model/assert-never.ts';
import type { ShapeKind } from '../model/ontology.ts';

/**
 * Annotations on their way from the worker: the geometry as two transferable arrays, the rest as small records.
 * Cloning nested coordinate arrays would cost the main thread several times as much.
 */
export type PackedRecords = {
  readonly records: readonly Omit<WireAnnotation, 'shape'>[];
  /** For each shape its kind and the lengths of its coordinate lists. */
  readonly structure: Int32Array;
  readonly numbers: Float64Array;
};

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
  const numbers: number[] = [];
  const list = (values: readonly number[]) => {
    structure.push(values.length);
    for (const value of values) numbers.push(value);
  };
  const records = annotations.map(({ shape, ...record }) => {
    structure.push(kinds.indexOf(shape.kind));
    packShape(shape, structure, numbers, list);
    return record;
  });
  return { records, structure: new Int32Array(structure), numbers: new Float64Array(numbers) };
}

export function unpack(packed: PackedRecords): { record: EditorRecord; revision: number }[] {
  const reader = new PackReader(packed.structure, packed.numbers);
  return packed.records.map(({ revision, ...rest }) => ({ record: { ...rest, shape: reader.shape() }, revision }));
}

function packShape(
  shape: Shape,
  structure: number[],
  numbers: number[],
  list: (values: readonly number[]) => void,
): void {
  switch (shape.kind) {
    case 'tag':
      return;
    case 'point':
      numbers.push(shape.x, shape.y);
      return;
    case 'box':
      numbers.push(shape.x, shape.y, shape.width, shape.height);
      return;
    case 'rotatedBox':
      numbers.push(shape.cx, shape.cy, shape.width, shape.height, shape.angle);
      return;
    case 'ellipse':
      numbers.push(shape.cx, shape.cy, shape.rx, shape.ry, shape.angle);
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
      numbers.push(shape.x, shape.y, shape.width, shape.height);
      list(shape.runs);
      return;
    case 'cuboid':
      list(shape.corners);
      return;
    default:
      assertNever(shape);
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
    const values = new Array<number>(length);
    for (let i = 0; i < length; i++) values[i] = this.#number();
    return values;
  }

  #int(): number {
    return this.#structure[this.#s++] ?? 0;
  }

  #number(): number {
    return this.#numbers[this.#n++] ?? 0;
  }
}
