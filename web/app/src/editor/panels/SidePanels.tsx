import { useLocalStorage } from '@mantine/hooks';
import { ClassesPanel } from './ClassesPanel.tsx';
import { DetailsPanel, type DetailsPanelProps } from './DetailsPanel.tsx';
import { ObjectsPanel } from './ObjectsPanel.tsx';
import styles from './Panels.module.css';
import { Splitter } from './Splitter.tsx';

/** Sizes in CSS pixels and which sections are unfolded; kept by the browser. */
export interface SideLayout {
  readonly width: number;
  readonly classes: number;
  readonly details: number;
  readonly folded: readonly ('classes' | 'objects' | 'details')[];
}

const initial: SideLayout = {
  width: 300,
  classes: Math.round(innerHeight * 0.27),
  details: Math.round(innerHeight * 0.33),
  folded: [],
};

export interface SidePanelsProps extends Pick<DetailsPanelProps, 'detail' | 'tab' | 'onTab'> {
  /** The panels are on the left of the picture. */
  readonly leftHanded: boolean;
}

/** Classes, objects and details, in three sections that fold and resize. */
export function SidePanels({ detail, tab, onTab, leftHanded }: SidePanelsProps) {
  const [layout, setLayout] = useLocalStorage({
    key: 'plumbline-editor-panels',
    defaultValue: initial,
    getInitialValueInEffect: false,
  });
  const open = (part: SideLayout['folded'][number]) => !layout.folded.includes(part);
  const toggle = (part: SideLayout['folded'][number]) => () =>
    setLayout((now) => ({
      ...now,
      folded: now.folded.includes(part) ? now.folded.filter((other) => other !== part) : [...now.folded, part],
    }));
  const resize = (part: 'width' | 'classes' | 'details') => (value: number) =>
    setLayout((now) => ({ ...now, [part]: value }));
  const fills = open('objects');
  return (
    <aside className={styles.side} style={{ width: layout.width }} aria-label="Classes, objects and details">
      <Splitter
        label="Width of the panels"
        along="column"
        value={layout.width}
        min={220}
        max={560}
        sign={leftHanded ? 1 : -1}
        onChange={resize('width')}
      />
      <div style={{ height: open('classes') ? layout.classes : undefined }} className={styles.fixed}>
        <ClassesPanel open={open('classes')} onToggle={toggle('classes')} />
      </div>
      {open('classes') && (
        <Splitter
          label="Height of the classes"
          along="row"
          value={layout.classes}
          min={90}
          max={560}
          sign={1}
          onChange={resize('classes')}
        />
      )}
      <div className={fills ? styles.filling : styles.fixed}>
        <ObjectsPanel open={fills} onToggle={toggle('objects')} />
      </div>
      {open('details') && (
        <Splitter
          label="Height of the details"
          along="row"
          value={layout.details}
          min={120}
          max={640}
          sign={-1}
          onChange={resize('details')}
        />
      )}
      <div
        style={{ height: open('details') && fills ? layout.details : undefined }}
        className={fills || !open('details') ? styles.fixed : styles.filling}
      >
        <DetailsPanel open={open('details')} onToggle={toggle('details')} detail={detail} tab={tab} onTab={onTab} />
      </div>
    </aside>
  );
}
