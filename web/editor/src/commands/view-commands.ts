import type { PictureTone } from '../api.ts';
import type { ColorBy } from '../render/coloring.ts';
import { untouchedTone } from '../render/tone.ts';
import type { CommandParts } from './default-commands.ts';
import { type Command, command } from './registry.ts';

const channels: readonly PictureTone['channel'][] = ['all', 'red', 'green', 'blue'];
const colorings: readonly ColorBy[] = ['class', 'instance', 'annotator', 'origin'];

/** Commands about how the image is shown. */
export function viewCommands({ editor, state }: CommandParts): readonly Command[] {
  const { actions } = editor;
  const selected = () => state.selection.value;
  const isOpen = () => state.session !== null;
  const hasSelection = () => isOpen() && selected().length > 0;
  const zoom = (factor: number) => editor.zoomToScale(state.camera.value.scale * factor);
  const allLocked = () => state.records(selected()).every((record) => state.isLocked(record));
  const tone = () => state.view.value.tone;
  const setTone = (change: Partial<PictureTone>) => editor.setView({ tone: { ...tone(), ...change } });
  const brighten = (by: number) => setTone({ brightness: Math.min(3, Math.max(0.2, tone().brightness + by)) });
  const look = (id: string, title: string, key: string, run: () => void) =>
    command('View', `view.${id}`, title, [key], { enabled: isOpen, run });
  return [
    look('fit', 'Fit image', 'F', () => editor.fit()),
    command('View', 'view.zoomToObject', 'Zoom to object', ['Z'], {
      enabled: hasSelection,
      run: () => editor.zoomTo(selected()),
    }),
    command('View', 'view.zoomIn', 'Zoom in', ['+', '='], { enabled: isOpen, run: () => zoom(1.25) }),
    look('zoomOut', 'Zoom out', '-', () => zoom(0.8)),
    look('actualSize', 'Actual size', 'Shift+1', () => editor.zoomToScale(1)),
    command('View', 'view.isolate', 'Hide others', ['X'], {
      enabled: () => state.view.value.isolated !== null || hasSelection(),
      run: () => actions.isolate(state.view.value.isolated === null ? selected() : null),
    }),
    command('View', 'view.hide', 'Hide object', ['Q'], {
      enabled: hasSelection,
      run: () => actions.hideObjects(selected(), true),
    }),
    look('showAll', 'Show all', 'Shift+Q', () => actions.showAll()),
    command('View', 'view.lock', 'Lock object', ['J'], {
      enabled: hasSelection,
      run: () => actions.lockObjects(selected(), !allLocked()),
    }),
    look('brighter', 'Brighter', 'Alt+=', () => brighten(0.1)),
    look('darker', 'Darker', 'Alt+-', () => brighten(-0.1)),
    look('invert', 'Invert the picture', 'Alt+I', () => setTone({ invert: !tone().invert })),
    look('equalise', 'Equalise the picture', 'Alt+Q', () => setTone({ equalise: !tone().equalise })),
    look('channel', 'Next colour channel', 'Alt+C', () => setTone({ channel: next(channels, tone().channel) })),
    look('asItIs', 'The picture as it is', 'Alt+0', () => editor.setView({ tone: untouchedTone })),
    look('colorBy', 'Colour by class, object, person, origin', 'Alt+Y', () =>
      editor.setView({ colorBy: next(colorings, state.view.value.colorBy) }),
    ),
    look('safeColors', 'Colours for any eye', 'Alt+K', () =>
      editor.setView({ safeColors: !state.view.value.safeColors }),
    ),
    look('pixelGrid', 'Pixel grid', 'Alt+G', () => editor.setView({ pixelGrid: !state.view.value.pixelGrid })),
    look('magnifier', 'Magnifier', 'Alt+Z', () => editor.setView({ magnifier: !state.view.value.magnifier })),
  ];
}

function next<T>(values: readonly T[], current: T): T {
  return values[(values.indexOf(current) + 1) % values.length] ?? current;
}
