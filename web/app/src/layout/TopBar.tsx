import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from 'react-router';
import { openPalette } from '../commands/command-store.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import styles from './AppLayout.module.css';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { JobsIndicator } from './JobsIndicator.tsx';
import { Logo } from './Logo.tsx';
import { UserMenu } from './UserMenu.tsx';

export function TopBar() {
  return (
    <header className={styles.bar}>
      <Link to="/projects" className={styles.home} aria-label="Plumbline, all projects">
        <Logo size={22} />
      </Link>
      <Breadcrumbs />
      <UnstyledButton className={styles.search} onClick={openPalette}>
        <IconSearch size={15} aria-hidden />
        <span>Search or run a command</span>
        <KeyHint keys="Ctrl+K" />
      </UnstyledButton>
      <JobsIndicator />
      <UserMenu />
    </header>
  );
}
