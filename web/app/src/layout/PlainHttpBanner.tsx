import { IconLockOpen } from '@tabler/icons-react';
import styles from './AppLayout.module.css';

const local = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

/** Plain HTTP on a network is allowed, but never unsaid. */
export function PlainHttpBanner() {
  if (location.protocol === 'https:' || local) return null;
  return (
    <div className={styles.banner} role="note">
      <IconLockOpen size={14} aria-hidden />
      This connection is not encrypted: others on the network can read passwords and pictures. An administrator can turn
      TLS on.
    </div>
  );
}
