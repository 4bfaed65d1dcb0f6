import { NumberInput, SimpleGrid, Text } from '@mantine/core';
import { type EditorRecord, type Frame, frameOf, isFramed, verticesOf } from '@plumbline/editor';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';

const degrees = 180 / Math.PI;

/** The numbers of a shape, to be typed: of a box or ellipse, or of the chosen vertex. */
export function GeometryForm({ record }: { readonly record: EditorRecord }) {
  const { editor } = useEditorSession();
  const [vertex, ...others] = useObserved(editor.activeVertices);
  const { shape, id } = record;
  if (isFramed(shape)) {
    const frame = frameOf(shape);
    const set = (change: Partial<Frame>) => editor.shapes.setFrame(id, { ...frame, ...change });
    const left = frame.cx - frame.width / 2;
    const top = frame.cy - frame.height / 2;
    return (
      <SimpleGrid cols={2} spacing="xs" verticalSpacing={4}>
        {shape.kind === 'box' ? (
          <>
            <Field label="X" value={left} onCommit={(x) => set({ cx: x + frame.width / 2 })} />
            <Field label="Y" value={top} onCommit={(y) => set({ cy: y + frame.height / 2 })} />
            <Field label="Width" value={frame.width} onCommit={(width) => set({ width, cx: left + width / 2 })} />
            <Field label="Height" value={frame.height} onCommit={(height) => set({ height, cy: top + height / 2 })} />
          </>
        ) : (
          <>
            <Field label="Centre X" value={frame.cx} onCommit={(cx) => set({ cx })} />
            <Field label="Centre Y" value={frame.cy} onCommit={(cy) => set({ cy })} />
            <Field label="Width" value={frame.width} onCommit={(width) => set({ width })} />
            <Field label="Height" value={frame.height} onCommit={(height) => set({ height })} />
            <Field
              label="Angle °"
              value={frame.angle * degrees}
              onCommit={(angle) => set({ angle: angle / degrees })}
            />
          </>
        )}
      </SimpleGrid>
    );
  }
  const place = vertex === undefined || others.length > 0 ? undefined : verticesOf(shape).find(isChosen);
  function isChosen({ ring, index }: { readonly ring: number; readonly index: number }): boolean {
    return ring === vertex?.ring && index === vertex.index;
  }
  if (vertex === undefined || place === undefined || vertex.id !== id) {
    const count = verticesOf(shape).length;
    return count === 0 || shape.kind === 'keypoints' ? null : (
      <Text size="xs" c="dimmed">
        {count} vertices. Click one to type its place.
      </Text>
    );
  }
  return (
    <SimpleGrid cols={2} spacing="xs">
      <Field label="Vertex X" value={place.x} onCommit={(x) => editor.shapes.setVertex(vertex, { x, y: place.y })} />
      <Field label="Vertex Y" value={place.y} onCommit={(y) => editor.shapes.setVertex(vertex, { x: place.x, y })} />
    </SimpleGrid>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: number;
  readonly onCommit: (value: number) => void;
}

/** Counts with Enter or when it is left. */
function Field({ label, value, onCommit }: FieldProps) {
  const shown = Math.round(value * 1000) / 1000;
  const commit = (text: string) => {
    const typed = Number(text);
    if (text.trim() !== '' && Number.isFinite(typed) && typed !== shown) onCommit(typed);
  };
  return (
    <NumberInput
      key={shown}
      size="xs"
      label={label}
      defaultValue={shown}
      decimalScale={3}
      hideControls
      onBlur={(event) => commit(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(event.currentTarget.value);
      }}
    />
  );
}
