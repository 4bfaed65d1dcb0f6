import styles from './AppLayout.module.css';

/** The frame without its contents, while the first chunk arrives. */
export function StartSkeleton() {
  return (
    <div className={styles.frame} aria-busy="true">
      <div className={styles.bar} />
    </div>
  );
}
