import { Button, Group, Paper, Slider, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import styles from './Canvas.module.css';

const finest = 0.1;
const coarsest = 50;
const start = 1;

/** Fewer vertices: the outline follows the slider until it is applied or thrown away. Not modal. */
export function SimplifyCard() {
  const { editor } = useEditorSession();
  const [ids, setIds] = useState<readonly string[] | null>(null);
  useEffect(() => {
    const hasPath = () => {
      const kinds = editor.selection.value.map((id) => editor.annotations.value.get(id)?.shape.kind);
      return kinds.some((kind) => kind === 'polygon' || kind === 'polyline');
    };
    return editor.commands.register({
      id: 'shape.simplify',
      title: 'Simplify…',
      group: 'Shapes',
      keys: ['Shift+P'],
      enabled: () => editor.image.value.status === 'ready' && !editor.image.value.readOnly && hasPath(),
      run: () => setIds(editor.selection.value),
    });
  }, [editor]);
  return ids === null ? null : <Simplifying ids={ids} onClose={() => setIds(null)} />;
}

function Simplifying({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) {
  const { editor } = useEditorSession();
  const [tolerance, setTolerance] = useState(start);
  const [vertices, setVertices] = useState({ before: 0, after: 0 });
  const selection = useObserved(editor.selection);
  useEffect(() => {
    setVertices(editor.shapes.previewSimplified(ids, tolerance));
    return () => {
      editor.shapes.previewSimplified(ids, null);
    };
  }, [editor, ids, tolerance]);
  useEffect(() => {
    if (selection !== ids) onClose();
  }, [selection, ids, onClose]);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.querySelector<HTMLElement>('[role="slider"]')?.focus(), []);
  const apply = () => {
    editor.shapes.simplify(ids, tolerance);
    onClose();
  };
  return (
    <Paper
      ref={card}
      className={styles.simplify ?? ''}
      shadow="md"
      role="dialog"
      aria-label="Simplify"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        if (event.key === 'Enter') apply();
      }}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          Simplify by {tolerance.toFixed(1)} px
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          {vertices.before} → {vertices.after} vertices
        </Text>
      </Group>
      <Slider
        size="xs"
        label={null}
        thumbLabel="Tolerance"
        min={Math.log(finest)}
        max={Math.log(coarsest)}
        step={0.02}
        value={Math.log(tolerance)}
        onChange={(value) => setTolerance(Math.exp(value))}
      />
      <Group gap="xs" justify="flex-end">
        <Button size="compact-xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button size="compact-xs" onClick={apply}>
          Apply
        </Button>
      </Group>
    </Paper>
  );
}
