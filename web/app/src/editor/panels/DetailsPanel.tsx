import { SegmentedControl } from '@mantine/core';
import type { ImageDetail } from '../../api/types.ts';
import { FindingsTab } from '../findings/FindingsTab.tsx';
import { useFindings } from '../findings/use-findings.ts';
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

export type DetailsTab = 'attributes' | 'findings' | 'history' | 'image';

const tabNames: Readonly<Record<DetailsTab, string>> = {
  attributes: 'Attributes',
  findings: 'Findings',
  history: 'History',
  image: 'Image',
};

/** Attributes of what is selected, the history of the image, and its facts. */
export function DetailsPanel({ detail, tab, onTab, ...panel }: DetailsPanelProps) {
  const { findings } = useFindings();
  const labelOf = (name: DetailsTab) =>
    name === 'findings' && findings.length > 0 ? `${tabNames.findings} ${findings.length}` : tabNames[name];
  return (
    <Panel title="Details" {...panel}>
      <SegmentedControl
        size="xs"
        className={styles.search ?? ''}
        aria-label="Details"
        value={tab}
        onChange={(value) => onTab(value as DetailsTab)}
        data={(Object.keys(tabNames) as DetailsTab[]).map((value) => ({ value, label: labelOf(value) }))}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: must be scrolled by keyboard when all in it is disabled */}
      <section className={styles.details} tabIndex={0} aria-label={tabNames[tab]}>
        {tab === 'attributes' && <AttributesTab />}
        {tab === 'findings' && <FindingsTab />}
        {tab === 'history' && <HistoryTab />}
        {tab === 'image' && <ImageTab detail={detail} />}
      </section>
    </Panel>
  );
}
