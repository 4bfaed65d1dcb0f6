import type { EditorRecord, Shape, ShapeKind, ToolId } from '@plumbline/editor';
import type { Figure } from './figures.ts';

/** What is to be drawn, or to be there in the end. */
export interface Target {
  readonly name: string;
  readonly classId: string;
  /** Where it really is. */
  readonly truth: Shape;
}

export interface Exercise {
  readonly id: string;
  readonly title: string;
  readonly task: string;
  /** Keys that do it, and what they do. */
  readonly keys: readonly (readonly [key: string, what: string])[];
  /** In hand at the start. */
  readonly tool: ToolId;
  /** Shapes that count. */
  readonly kinds: readonly ShapeKind[];
  readonly figures: readonly Figure[];
  readonly targets: readonly Target[];
  /** What is there at the start. */
  readonly start: readonly EditorRecord[];
  /** Overlap with the truth (IoU) from which on a target is hit. */
  readonly pass: number;
}

const box = (x: number, y: number, width: number, height: number): Shape => ({ kind: 'box', x, y, width, height });
const disc = (cx: number, cy: number, r: number): Shape => ({ kind: 'ellipse', cx, cy, rx: r, ry: r, angle: 0 });
const polygon = (...outer: number[]): Shape => ({ kind: 'polygon', parts: [{ outer, holes: [] }] });

/** A rounded leaf on its stalk: what a polygon is tedious for. */
function leaf(cx: number, cy: number, size: number): Shape {
  const outer: number[] = [];
  for (let i = 0; i < 72; i++) {
    const angle = (2 * Math.PI * i) / 72;
    const r = size * (0.72 + 0.2 * Math.cos(3 * angle) + 0.08 * Math.sin(5 * angle));
    outer.push(cx + r * Math.cos(angle), cy + r * Math.sin(angle));
  }
  return polygon(...outer);
}

const red = '#c92a2a';
const blue = '#1864ab';
const amber = '#e67700';
const green = '#2b8a3e';

const house = polygon(190, 320, 190, 180, 300, 90, 410, 180, 410, 320);
const star = polygon(450, 60, 468, 112, 523, 113, 479, 147, 495, 200, 450, 168, 405, 200, 421, 147, 377, 113, 432, 112);
const foliage = leaf(300, 200, 120);

function given(id: string, classId: string, shape: Shape): EditorRecord {
  return {
    id: `0190a000-0000-7000-8000-${id.padStart(12, '0')}`,
    classId,
    shape,
    attributes: {},
    z: 0,
    groupId: null,
    ignore: false,
    score: null,
    provenance: { origin: 'synthetic', by: null, at: null },
  };
}

const row = [80, 190, 300, 410, 520];

/** From one drag to all that a day of labelling is made of. */
export const exercises: readonly Exercise[] = [
  {
    id: 'box',
    title: 'A tight box',
    task: 'Drag a box around the ball, so close that every side touches it. What is drawn can be corrected: select it, pull its handles, or nudge it with the arrow keys.',
    keys: [
      ['B', 'box'],
      ['V', 'select and correct'],
      ['Ctrl+Z', 'undo'],
    ],
    tool: 'box',
    kinds: ['box'],
    figures: [{ shape: disc(300, 200, 90), color: red }],
    targets: [{ name: 'Ball', classId: 'ball', truth: box(210, 110, 180, 180) }],
    start: [],
    pass: 0.95,
  },
  {
    id: 'classes',
    title: 'Classes by key',
    task: 'Box the balls as Ball and the crates as Crate. A digit takes the class in hand; pressed on a selected object it changes its class.',
    keys: [
      ['1', 'Ball'],
      ['2', 'Crate'],
      ['B', 'box'],
    ],
    tool: 'box',
    kinds: ['box'],
    figures: [
      { shape: disc(120, 110, 50), color: red },
      { shape: box(260, 60, 120, 90), color: blue },
      { shape: disc(470, 280, 70), color: red },
      { shape: box(90, 250, 150, 100), color: blue },
    ],
    targets: [
      { name: 'Ball at the top', classId: 'ball', truth: box(70, 60, 100, 100) },
      { name: 'Crate at the top', classId: 'crate', truth: box(260, 60, 120, 90) },
      { name: 'Ball below', classId: 'ball', truth: box(400, 210, 140, 140) },
      { name: 'Crate below', classId: 'crate', truth: box(90, 250, 150, 100) },
    ],
    start: [],
    pass: 0.9,
  },
  {
    id: 'polygon',
    title: 'An outline',
    task: 'Click the corners of the house and of the star, one after the other; Enter closes the outline, Backspace takes the last corner back. Afterwards vertices can be dragged, and a click on an edge makes a new one.',
    keys: [
      ['P', 'polygon'],
      ['Enter', 'close'],
      ['Backspace', 'one corner back'],
    ],
    tool: 'polygon',
    kinds: ['polygon'],
    figures: [
      { shape: house, color: amber },
      { shape: star, color: green },
    ],
    targets: [
      { name: 'House', classId: 'figure', truth: house },
      { name: 'Star', classId: 'figure', truth: star },
    ],
    start: [],
    pass: 0.9,
  },
  {
    id: 'brush',
    title: 'The brush',
    task: 'Paint the leaf, and nothing but the leaf. A large brush for the middle, a small one for the rim; with Ctrl the brush takes away.',
    keys: [
      ['M', 'brush'],
      ['[ and ]', 'smaller, larger'],
      ['Ctrl', 'hold to erase'],
      ['Alt+L', 'lasso'],
    ],
    tool: 'brush',
    kinds: ['mask'],
    figures: [{ shape: foliage, color: green }],
    targets: [{ name: 'Leaf', classId: 'leaf', truth: foliage }],
    start: [],
    pass: 0.9,
  },
  {
    id: 'keys',
    title: 'Hands on the keys',
    task: 'All of these were boxed as Ball. Select each crate and make it a Crate, and delete the box around nothing: one hand on the mouse, the other on the keys.',
    keys: [
      ['V', 'select'],
      ['2', 'make it a Crate'],
      ['Delete', 'delete'],
    ],
    tool: 'select',
    kinds: ['box'],
    figures: row.slice(0, 4).map((x, i) => {
      return i % 2 === 0 ? { shape: disc(x, 200, 45), color: red } : { shape: box(x - 45, 155, 90, 90), color: blue };
    }),
    targets: row.slice(0, 4).map((x, i) => ({
      name: i % 2 === 0 ? `Ball ${i / 2 + 1}` : `Crate ${(i + 1) / 2}`,
      classId: i % 2 === 0 ? 'ball' : 'crate',
      truth: box(x - 45, 155, 90, 90),
    })),
    start: row.map((x, i) => given(`${i + 1}`, 'ball', box(x - 45, 155, 90, 90))),
    pass: 0.9,
  },
];
