import styles from './ProgressRing.module.css';

export interface ProgressRingProps {
  /** 0 to 1; null when there is nothing to measure against. */
  readonly value: number | null;
  readonly label: string;
  readonly size?: number;
}

/** A thin ring with its percentage inside. */
export function ProgressRing({ value, label, size = 40 }: ProgressRingProps) {
  const radius = size / 2 - 2.5;
  const around = 2 * Math.PI * radius;
  const percent = value === null ? null : Math.floor(value * 100);
  return (
    <svg
      className={styles.ring}
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={percent === null ? `${label}: nothing yet` : `${label}: ${percent} %`}
    >
      <circle className={styles.track} cx={size / 2} cy={size / 2} r={radius} />
      {value !== null && value > 0 && (
        <circle
          className={value === 1 ? styles.full : styles.value}
          cx={size / 2}
          cy={size / 2}
          r={radius}
          strokeDasharray={`${value * around} ${around}`}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      )}
      <text x="50%" y="50%" dominantBaseline="central" textAnchor="middle" fontSize={size * 0.27}>
        {percent ?? '–'}
      </text>
    </svg>
  );
}
