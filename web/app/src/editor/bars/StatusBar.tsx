import { ActionIcon, Button, Slider, Text, Tooltip } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { formatCount } from '../../ui/format.ts';
import { useEditor, useEditorSession } from '../EditorContext.tsx';
import { useFindings } from '../findings/use-findings.ts';
import { useSelected } from '../observed.ts';
import styles from './Bars.module.css';
import { ViewMenu } from './ViewMenu.tsx';

export interface StatusBarProps {
  readonly followsTheme: boolean;
  readonly onFollowTheme: (follows: boolean) => void;
  readonly onFindings: () => void;
}

const zoomOf = (camera: { readonly scale: number }) => camera.scale;

/** Size of the picture, pixel under the pointer, zoom, and how the picture is shown. */
export function StatusBar({ followsTheme, onFollowTheme, onFindings }: StatusBarProps) {
  const { editor, image } = useEditorSession();
  const scale = useSelected(editor.camera, zoomOf);
  return (
    <footer className={styles.status}>
      <Text size="xs" component="span" className="tabular" title="Width and height of the picture in pixels">
        {image.width} × {image.height}
      </Text>
      <PointerReadout />
      <FindingsCount onShow={onFindings} />
      <div className={styles.zoom}>
        <Tooltip label="Smaller">
          <ActionIcon size={22} aria-label="Smaller" onClick={() => editor.zoomToScale(scale / 1.25)}>
            <IconMinus size={14} />
          </ActionIcon>
        </Tooltip>
        <Slider
          w={96}
          size={3}
          thumbSize={12}
          label={null}
          thumbLabel="Zoom"
          min={-7}
          max={7}
          step={0.05}
          // Rounded: readers of screens cannot do with 1.6e-16.
          value={Math.round(100 * Math.log2(Math.max(scale, 1e-3))) / 100}
          onChange={(value) => editor.zoomToScale(2 ** value)}
        />
        <Tooltip label="Larger">
          <ActionIcon size={22} aria-label="Larger" onClick={() => editor.zoomToScale(scale * 1.25)}>
            <IconPlus size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Actual pixels">
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            w={58}
            className="tabular"
            onClick={() => editor.zoomToScale(1)}
          >
            {Math.round(scale * 100)} %
          </Button>
        </Tooltip>
      </div>
      <ViewMenu followsTheme={followsTheme} onFollowTheme={onFollowTheme} />
    </footer>
  );
}

/** How much the checks found; nothing where they found nothing. */
function FindingsCount({ onShow }: { readonly onShow: () => void }) {
  const { findings } = useFindings();
  if (findings.length === 0) return null;
  return (
    <Button variant="subtle" color="yellow" size="compact-xs" onClick={onShow}>
      {formatCount(findings.length, 'finding')}
    </Button>
  );
}

/** Written to the page directly: the pointer moves far more often than React should draw. */
function PointerReadout() {
  const editor = useEditor();
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const show = () => {
      const at = editor.pointer.value;
      if (place.current !== null) {
        place.current.textContent = at === null ? '' : `${Math.floor(at.x)}, ${Math.floor(at.y)} px`;
      }
    };
    show();
    return editor.pointer.subscribe(show);
  }, [editor]);
  return <span ref={place} className={styles.pointer} />;
}
