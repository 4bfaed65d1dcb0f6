import type { ConvertibleKind } from '../geometry/converting.ts';
import type { EditorRecord } from '../model/annotation.ts';
import { allows } from '../model/ontology.ts';
import type { CommandParts } from './default-commands.ts';
import { type Command, command } from './registry.ts';

const conversions: readonly (readonly [ConvertibleKind, string, string])[] = [
  ['polygon', 'polygon', 'P'],
  ['box', 'box', 'B'],
  ['rotatedBox', 'rotated box', 'R'],
  ['ellipse', 'ellipse', 'E'],
  ['polyline', 'line', 'L'],
  ['point', 'point', 'O'],
  ['mask', 'mask', 'M'],
];

const alignments = [
  ['left', 'left edges', 'Ctrl+ArrowLeft'],
  ['right', 'right edges', 'Ctrl+ArrowRight'],
  ['top', 'top edges', 'Ctrl+ArrowUp'],
  ['bottom', 'bottom edges', 'Ctrl+ArrowDown'],
  ['center', 'centres in a column', 'Ctrl+Alt+C'],
  ['middle', 'centres in a row', 'Ctrl+Alt+M'],
] as const;

/** A mask may have parts: counting them each time a menu asks would cost more than telling afterwards. */
const hasParts = ({ shape }: EditorRecord) =>
  shape.kind === 'mask' || (shape.kind === 'polygon' && shape.parts.length > 1);

/** Commands that change shapes as such. */
export function shapeCommands({ editor, state }: CommandParts): readonly Command[] {
  const { shapes } = editor;
  const selected = () => state.selection.value;
  const isIdle = () => state.editable !== null && !state.busy.value;
  const has = (count: number) => () => isIdle() && selected().length >= count;
  const hasKind =
    (...kinds: readonly string[]) =>
    () =>
      isIdle() && state.records(selected()).some(({ shape }) => kinds.includes(shape.kind));
  const canBe = ({ shape, classId }: EditorRecord, kind: ConvertibleKind) => {
    const labelClass = state.classOf(classId);
    return shape.kind !== kind && shape.kind !== 'tag' && (labelClass === undefined || allows(labelClass, kind));
  };
  const toggle = (what: 'snapping' | 'sharedBorders') => () =>
    editor.setDrawing({ [what]: !state.drawing.value[what] });
  return [
    command('Shapes', 'shape.unite', 'Unite', ['U'], {
      enabled: has(2),
      run: () => shapes.combine(selected(), 'unite'),
    }),
    command('Shapes', 'shape.subtract', 'Subtract the others from the first', ['Shift+U'], {
      enabled: has(2),
      run: () => shapes.combine(selected(), 'subtract'),
    }),
    command('Shapes', 'shape.intersect', 'Intersect', ['Ctrl+Alt+U'], {
      enabled: has(2),
      run: () => shapes.combine(selected(), 'intersect'),
    }),
    command('Shapes', 'shape.split', 'Split parts into objects', ['Shift+X'], {
      enabled: () => isIdle() && state.records(selected()).some(hasParts),
      run: () => shapes.split(selected()),
    }),
    command('Shapes', 'shape.smooth', 'Smooth', ['Shift+M'], {
      enabled: hasKind('polygon', 'polyline'),
      run: () => shapes.smooth(selected()),
    }),
    ...conversions.map(([kind, title, key]) =>
      command('Shapes', `shape.convert.${kind}`, `Convert to ${title}`, [`Alt+Shift+${key}`], {
        enabled: () => isIdle() && state.records(selected()).some((record) => canBe(record, kind)),
        run: () => shapes.convert(selected(), kind),
      }),
    ),
    ...alignments.map(([alignment, title, key]) =>
      command('Shapes', `shape.align.${alignment}`, `Align ${title}`, [key], {
        enabled: has(2),
        run: () => shapes.align(selected(), alignment),
      }),
    ),
    command('Shapes', 'shape.distribute.x', 'Distribute across', ['Ctrl+Alt+H'], {
      enabled: has(3),
      run: () => shapes.distribute(selected(), 'x'),
    }),
    command('Shapes', 'shape.distribute.y', 'Distribute down', ['Ctrl+Alt+V'], {
      enabled: has(3),
      run: () => shapes.distribute(selected(), 'y'),
    }),
    command('Objects', 'object.group', 'Group', ['Ctrl+G'], {
      enabled: has(2),
      run: () => shapes.group(selected(), true),
    }),
    command('Objects', 'object.ungroup', 'Ungroup', ['Ctrl+Shift+G'], {
      enabled: () => isIdle() && state.records(selected()).some(({ groupId }) => groupId !== null),
      run: () => shapes.group(selected(), false),
    }),
    command('Shapes', 'keypoints.swap', 'Swap left and right', ['Shift+W'], {
      enabled: hasKind('keypoints'),
      run: () => shapes.swapSides(selected()),
    }),
    command('Shapes', 'keypoints.visibility', 'Keypoint visible, hidden, absent', ['Shift+K'], {
      enabled: () => hasKind('keypoints')() && state.activeVertices.value.length > 0,
      run: () => {
        for (const { id, index } of state.activeVertices.value) {
          const { shape } = state.records([id])[0] ?? {};
          if (shape?.kind !== 'keypoints') return;
          const next = { 2: 1, 1: 0, 0: 2 } as const;
          shapes.setVisibility(id, index, next[(shape.points[3 * index + 2] ?? 0) as 0 | 1 | 2]);
        }
      },
    }),
    command('Tools', 'draw.snapping', 'Snap to other objects', ['Shift+N'], {
      enabled: () => state.editable !== null,
      run: toggle('snapping'),
    }),
    command('Tools', 'draw.sharedBorders', 'Move shared borders together', ['Shift+G'], {
      enabled: () => state.editable !== null,
      run: toggle('sharedBorders'),
    }),
  ];
}
