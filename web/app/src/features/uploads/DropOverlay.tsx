import { IconUpload } from '@tabler/icons-react';
import styles from './DropOverlay.module.css';

export function DropOverlay({ projectName }: { readonly projectName: string }) {
  return (
    <div className={styles.overlay} role="status">
      <div className={styles.frame}>
        <IconUpload size={32} stroke={1.5} aria-hidden />
        <strong>Drop to add to {projectName}</strong>
        <span>Pictures, folders and ZIP archives</span>
      </div>
    </div>
  );
}
