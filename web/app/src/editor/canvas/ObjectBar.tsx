import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { allows } from '@plumbline/editor';
import { IconEyeOff, IconTrash } from '@tabler/icons-react';
import { type CSSProperties, useMemo } from 'react';
import { missingAttributes } from '../attributes.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { maskTools } from '../mask-tools.ts';
import { useObserved } from '../observed.ts';
import styles from './Canvas.module.css';
import { ShapeMenu } from './ShapeMenu.tsx';

const HEIGHT = 30;
const OFF = 8;

/** The small bar at the corner of what is selected: its class, what it lacks, delete. Never over the object itself. */
export function ObjectBar() {
  const { editor, ontology, readOnlyReason } = useEditorSession();
  const frame = useObserved(editor.selectionFrame);
  const selection = useObserved(editor.selection);
  const view = useObserved(editor.annotations);
  const records = useMemo(() => selection.flatMap((id) => view.get(id) ?? []), [selection, view]);
  const [first] = records;
  // Over what is painted next.
  const inTheWay = maskTools.includes(useObserved(editor.tool));
  if (inTheWay || frame === null || first === undefined || readOnlyReason !== null) return null;

  const one = records.every((record) => record.classId === first.classId);
  const ofClass = ontology.classes.find((c) => c.id === first.classId);
  const lacking = one ? missingAttributes(ofClass?.attributes ?? [], first.attributes) : [];
  const style: CSSProperties = {
    left: Math.max(4, frame.left),
    top: frame.top > HEIGHT + OFF ? frame.top - HEIGHT - OFF : frame.bottom + OFF,
  };
  return (
    <div className={styles.bar} style={style} role="toolbar" aria-label="Selected objects">
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <UnstyledButton className={styles.barClass}>
            <span
              className={styles.swatch}
              style={{ background: one ? ofClass?.color : 'var(--pl-muted)' }}
              aria-hidden
            />
            {one ? (ofClass?.name ?? first.classId) : `${records.length} objects`}
            {one && records.length > 1 && ` × ${records.length}`}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
          {ontology.classes
            .filter((c) => records.every((record) => allows(c, record.shape.kind)))
            .slice(0, 60)
            .map((c) => (
              <Menu.Item
                key={c.id}
                leftSection={<span className={styles.swatch} style={{ background: c.color }} aria-hidden />}
                onClick={() => editor.actions.setClass(selection, c.id)}
              >
                {c.name}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {lacking.length > 0 && (
        <span className={styles.lacking} title="Required attributes without a value">
          {lacking.map((attribute) => attribute.name).join(', ')}?
        </span>
      )}
      <ShapeMenu />
      <Tooltip label="Hide (panel shows it again)">
        <ActionIcon size={24} aria-label="Hide" onClick={() => editor.actions.hideObjects(selection, true)}>
          <IconEyeOff size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Delete (Del)">
        <ActionIcon size={24} aria-label="Delete" onClick={() => editor.actions.remove(selection)}>
          <IconTrash size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
