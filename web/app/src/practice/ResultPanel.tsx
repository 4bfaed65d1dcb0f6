import { Text } from '@mantine/core';
import type { Editor } from '@plumbline/editor';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useObserved } from '../editor/observed.ts';
import type { Exercise } from './exercises.ts';
import styles from './Practice.module.css';
import { scoreOf } from './scoring.ts';

export interface ResultPanelProps {
  readonly editor: Editor;
  readonly exercise: Exercise;
  readonly onPassed: () => void;
}

/** How well what is drawn covers what is there, after every gesture. */
export function ResultPanel({ editor, exercise, onPassed }: ResultPanelProps) {
  const view = useObserved(editor.annotations);
  const score = useMemo(() => scoreOf(exercise, view.list()), [exercise, view]);
  useEffect(() => {
    if (score.passed) onPassed();
  }, [score.passed, onPassed]);
  return (
    <section aria-label="Measured against the truth">
      <ul className={styles.results}>
        {exercise.targets.map(({ name }, i) => {
          const overlap = score.each[i] ?? 0;
          const hit = overlap >= exercise.pass;
          return (
            <li key={name} className={styles.result}>
              {hit ? (
                <IconCircleCheck size={16} className={styles.sign} role="img" aria-label="Hit:" />
              ) : (
                <IconCircle size={16} role="img" aria-label="Open:" />
              )}
              <span>{name}</span>
              <span className={styles.figure}>{Math.floor(overlap * 100)} %</span>
            </li>
          );
        })}
      </ul>
      <p className={styles.verdict} role="status">
        {verdictOf(score.passed, score.extra, view.size)}
      </p>
      <Text size="xs" c="dimmed">
        The share of pixels in both your shape and the truth among those in either (IoU). From{' '}
        {Math.round(exercise.pass * 100)} % on it counts.
      </Text>
    </section>
  );
}

function verdictOf(passed: boolean, extra: number, drawn: number): string {
  if (passed) return 'Well done. On to the next one, or do it again faster.';
  if (drawn === 0) return 'Nothing is drawn yet.';
  if (extra === 1) return 'One object covers nothing that was asked for, or has another class.';
  if (extra > 1) return `${extra} objects cover nothing that was asked for, or have another class.`;
  return 'Getting there.';
}
