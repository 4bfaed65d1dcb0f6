import { Skeleton } from '@mantine/core';
import { useMe } from '../../api/queries.ts';
import styles from '../../ui/Page.module.css';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { Profile } from './Profile.tsx';
import { Tokens } from './Tokens.tsx';

export function AccountPage() {
  const me = useMe();
  return (
    <div className={styles.narrow}>
      <PageHeader title="Account" />
      {me === null ? <Skeleton height={200} /> : <Profile key={me.id} me={me} />}
      <ChangePassword />
      <Tokens admin={me?.admin ?? false} />
    </div>
  );
}
