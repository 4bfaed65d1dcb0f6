import { Button, SegmentedControl, Slider, Switch } from '@mantine/core';
import type { MaskRule } from '@plumbline/editor';
import { useEditorSession } from '../EditorContext.tsx';
import { brushes, maskTools } from '../mask-tools.ts';
import { useObserved } from '../observed.ts';
import styles from './Canvas.module.css';

const largest = 2000;
const rules: readonly { readonly value: MaskRule; readonly label: string }[] = [
  { value: 'overlap', label: 'Overlap' },
  { value: 'onePerObject', label: 'One object a pixel' },
  { value: 'onePerClass', label: 'One class a pixel' },
];

/** With a mask tool in hand: the brush, and what happens where masks meet. */
export function MaskOptions() {
  const { editor } = useEditorSession();
  const tool = useObserved(editor.tool);
  const { brushSize, penPressure, maskRule } = useObserved(editor.drawing);
  if (!maskTools.includes(tool)) return null;
  return (
    <section className={styles.maskOptions} aria-label="Mask options">
      {brushes.includes(tool) && (
        <>
          <span className={styles.brushSize}>{brushSize} px</span>
          <Slider
            w={110}
            size="xs"
            label={null}
            thumbLabel="Brush size in pixels"
            min={0}
            max={1}
            step={0.01}
            value={Math.log(brushSize) / Math.log(largest)}
            onChange={(share) => editor.setDrawing({ brushSize: Math.round(largest ** share) })}
          />
          <Switch
            size="xs"
            label="Pen pressure"
            checked={penPressure}
            onChange={(event) => editor.setDrawing({ penPressure: event.currentTarget.checked })}
          />
        </>
      )}
      <SegmentedControl
        size="xs"
        aria-label="Where masks meet"
        data={[...rules]}
        value={maskRule}
        onChange={(rule) => editor.setDrawing({ maskRule: rule as MaskRule })}
      />
      <Button size="compact-xs" variant="default" onClick={() => editor.commands.run('mask.rest')}>
        Fill the rest
      </Button>
    </section>
  );
}
