import { SegmentedControl } from '@mantine/core';
import type { ImageDetail } from '../../api/types.ts';
import { AttributesTab } from './AttributesTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { ImageTab } from './ImageTab.tsx';
import { Panel, type PanelProps } from './Panel.tsx';
import styles from './Panels.module.css';

export interface DetailsPanelProps extends Pick<PanelProps, 'open' | 'onToggle'> {
  readonly detail: ImageDetail | undefined;
  readonly tab: DetailsTab;
  readonly onTab: (tab: DetailsTab) => void;
}

export type DetailsTab = 'attributes' | 'history' | 'image';

const tabNames: Readonly<Record<DetailsTab, string>> = { attributes: 'Attributes', history: 'History', image: 'Image' };

/** Attributes of what is selected, the history of the image, and its facts. */
export function DetailsPanel({ detail, tab, onTab, ...panel }: DetailsPanelProps) {
  return (
    <Panel title="Details" {...panel}>
      <SegmentedControl
        size="xs"
        className={styles.search ?? ''}
        aria-label="Details"
        value={tab}
        onChange={(value) => onTab(value as DetailsTab)}
        data={Object.entries(tabNames).map(([value, label]) => ({ value, label }))}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: must be scrolled by keyboard when all in it is disabled */}
      <section className={styles.details} tabIndex={0} aria-label={tabNames[tab]}>
        {tab === 'attributes' && <AttributesTab />}
        {tab === 'history' && <HistoryTab />}
        {tab === 'image' && <ImageTab detail={detail} />}
      </section>
    </Panel>
  );
}
