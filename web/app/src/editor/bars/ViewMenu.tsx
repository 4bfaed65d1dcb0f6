import {
  ActionIcon,
  Button,
  Group,
  Popover,
  SegmentedControl,
  Select,
  Slider,
  Stack,
  Switch,
  Text,
  Tooltip,
} from '@mantine/core';
import { type ColorBy, isUntouched, type PictureTone, untouchedTone } from '@plumbline/editor';
import { IconSunHigh } from '@tabler/icons-react';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';

export interface ViewMenuProps {
  readonly followsTheme: boolean;
  readonly onFollowTheme: (follows: boolean) => void;
}

const tones = [
  { what: 'brightness', min: 0.2, max: 3 },
  { what: 'contrast', min: 0.2, max: 3 },
  { what: 'gamma', min: 0.3, max: 3 },
  { what: 'saturation', min: 0, max: 3 },
] as const;

const colorings: readonly { readonly value: ColorBy; readonly label: string }[] = [
  { value: 'class', label: 'Class' },
  { value: 'instance', label: 'Object' },
  { value: 'annotator', label: 'Who drew it' },
  { value: 'origin', label: 'Where it came from' },
];

/** How the picture and what is drawn on it are shown. Nothing of it is saved with the image. */
export function ViewMenu({ followsTheme, onFollowTheme }: ViewMenuProps) {
  const { editor, ontology } = useEditorSession();
  const view = useObserved(editor.view);
  const drawing = useObserved(editor.drawing);
  const classId = useObserved(editor.currentClass);
  const current = ontology.classes.find((c) => c.id === classId);
  const { tone } = view;
  const changed = !isUntouched(tone);
  const setTone = (change: Partial<PictureTone>) => editor.setView({ tone: { ...tone, ...change } });
  const toggle = (label: string, checked: boolean, onChange: (on: boolean) => void) => (
    <Switch size="xs" label={label} checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
  );
  return (
    <Popover position="top-end" shadow="md" width={280} trapFocus>
      <Popover.Target>
        <Tooltip label="How it is shown">
          <ActionIcon size={24} aria-label="How it is shown" color={changed ? 'indigo' : 'gray'}>
            <IconSunHigh size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown mah="80vh" style={{ overflowY: 'auto' }}>
        <Stack gap={8}>
          {tones.map(({ what, min, max }) => (
            <Level
              key={what}
              name={what}
              min={min}
              max={max}
              value={tone[what]}
              onChange={(v) => setTone({ [what]: v })}
            />
          ))}
          <SegmentedControl
            size="xs"
            aria-label="Channel"
            data={[
              { value: 'all', label: 'Colour' },
              { value: 'red', label: 'Red' },
              { value: 'green', label: 'Green' },
              { value: 'blue', label: 'Blue' },
            ]}
            value={tone.channel}
            onChange={(channel) => setTone({ channel: channel as PictureTone['channel'] })}
          />
          <Group gap="md">
            {toggle('Invert', tone.invert, (invert) => setTone({ invert }))}
            {toggle('Equalise', tone.equalise, (equalise) => setTone({ equalise }))}
          </Group>
          <Button
            variant="default"
            size="compact-xs"
            disabled={!changed}
            onClick={() => editor.setView({ tone: untouchedTone })}
          >
            As it is
          </Button>
          <Select
            size="xs"
            label="Colour says"
            comboboxProps={{ withinPortal: false }}
            data={colorings}
            value={view.colorBy}
            allowDeselect={false}
            onChange={(colorBy) => colorBy !== null && editor.setView({ colorBy })}
          />
          <Level
            name="fill"
            min={0}
            max={1}
            value={view.fill}
            onChange={(fill) => editor.setView({ fill, classFill: {} })}
          />
          {current !== undefined && (
            <Level
              name={`fill of ${current.name}`}
              min={0}
              max={1}
              value={view.classFill[current.id] ?? view.fill}
              onChange={(fill) => editor.setView({ classFill: { ...view.classFill, [current.id]: fill } })}
            />
          )}
          {toggle('Colours for any eye', view.safeColors, (safeColors) => editor.setView({ safeColors }))}
          {toggle('Pixel grid when near', view.pixelGrid, (pixelGrid) => editor.setView({ pixelGrid }))}
          {toggle('Magnifier at the vertex', view.magnifier, (magnifier) => editor.setView({ magnifier }))}
          {toggle('Snap to other objects', drawing.snapping, (snapping) => editor.setDrawing({ snapping }))}
          {toggle('Move shared borders', drawing.sharedBorders, (sharedBorders) =>
            editor.setDrawing({ sharedBorders }),
          )}
          {toggle('Light panels when the page is light', followsTheme, onFollowTheme)}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface LevelProps {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Level({ name, min, max, value, onChange }: LevelProps) {
  return (
    <div>
      <Text size="xs">
        {name.charAt(0).toUpperCase() + name.slice(1)} {Math.round(value * 100)} %
      </Text>
      <Slider
        size="xs"
        label={null}
        thumbLabel={name}
        min={min}
        max={max}
        step={0.05}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
