import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './Panels.module.css';

export interface SplitterProps {
  readonly label: string;
  /** `row`: a horizontal bar that changes a height; `column`: a vertical one that changes a width. */
  readonly along: 'row' | 'column';
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** 1: dragging right or down makes it larger; -1: the other way. */
  readonly sign: 1 | -1;
  readonly onChange: (value: number) => void;
}

const STEP = 24;

/** A border that can be dragged, or moved by arrow keys. */
export function Splitter({ label, along, value, min, max, sign, onChange }: SplitterProps) {
  const set = (next: number) => onChange(Math.round(Math.max(min, Math.min(max, next))));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const bar = event.currentTarget;
    const place = (e: { clientX: number; clientY: number }) => (along === 'row' ? e.clientY : e.clientX);
    const start = place(event);
    bar.setPointerCapture(event.pointerId);
    bar.onpointermove = (move) => set(value + sign * (place(move) - start));
    bar.onlostpointercapture = () => {
      bar.onpointermove = null;
    };
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const grow = along === 'row' ? 'ArrowDown' : 'ArrowRight';
    const shrink = along === 'row' ? 'ArrowUp' : 'ArrowLeft';
    if (event.key !== grow && event.key !== shrink) return;
    set(value + sign * (event.key === grow ? STEP : -STEP));
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no <hr>
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={along === 'row' ? 'horizontal' : 'vertical'}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={styles.splitter}
      data-along={along}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
