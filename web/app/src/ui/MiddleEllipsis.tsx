import styles from './MiddleEllipsis.module.css';
import { splitForEllipsis } from './middle-ellipsis.ts';

export interface MiddleEllipsisProps {
  readonly text: string;
  /** Characters at the end that always show. */
  readonly tailLength?: number;
}

/** A long name on one line in the direction of its script, cut in its middle; whole on hover and to screen readers. */
export function MiddleEllipsis({ text, tailLength = 10 }: MiddleEllipsisProps) {
  const { head, tail } = splitForEllipsis(text, tailLength);
  return (
    <span className={styles.name} title={text} dir="auto">
      <span className={styles.head}>{head}</span>
      {tail !== '' && <span className={styles.tail}>{tail}</span>}
    </span>
  );
}
