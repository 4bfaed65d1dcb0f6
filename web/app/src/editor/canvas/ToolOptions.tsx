import { Slider } from '@mantine/core';
import type { ToolOption } from '@plumbline/editor';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import styles from './Canvas.module.css';

/** What can be set of the tool in hand. The wheel with Alt and dragging set some of it too. */
export function ToolOptions({ options }: { readonly options: readonly ToolOption[] }) {
  const { editor } = useEditorSession();
  const drawing = useObserved(editor.drawing);
  return (
    <fieldset className={styles.options} aria-label="Tool options">
      {options.map(({ setting, title, minimum, maximum, step }) => {
        const value = drawing.assist[setting];
        const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
        return (
          <div key={setting} className={styles.option}>
            <span>{title}</span>
            <Slider
              size="xs"
              w={96}
              label={null}
              thumbLabel={title}
              min={minimum}
              max={maximum}
              step={step}
              value={value}
              onChange={(next) => editor.setDrawing({ assist: { ...editor.drawing.value.assist, [setting]: next } })}
            />
            <span className={styles.optionValue}>{value.toFixed(digits)}</span>
          </div>
        );
      })}
    </fieldset>
  );
}
