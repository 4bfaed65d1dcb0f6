import { Outlet } from 'react-router';
import { CommandPalette } from '../commands/CommandPalette.tsx';
import { UploadPanel } from '../features/uploads/UploadPanel.tsx';
import styles from './AppLayout.module.css';
import { PlainHttpBanner } from './PlainHttpBanner.tsx';
import { TopBar } from './TopBar.tsx';

/** Pages that scroll as a whole; projects divide the window themselves. */
export function ScrollingPage() {
  return (
    <div className={styles.scroll}>
      <Outlet />
    </div>
  );
}

/** The frame of every page but the editor: bar on top, page below, uploads in the corner. */
export function AppLayout() {
  return (
    <div className={styles.frame}>
      <a href="#page" className={styles.skip}>
        Skip to the page
      </a>
      <PlainHttpBanner />
      <TopBar />
      <main id="page" className={styles.page} tabIndex={-1}>
        <Outlet />
      </main>
      <CommandPalette />
      <UploadPanel />
    </div>
  );
}
