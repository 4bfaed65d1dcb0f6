import { ActionIcon, Avatar, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconSettings, IconShield } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useMe } from '../api/queries.ts';
import { signOut } from '../features/session/session-actions.ts';
import { initialsOf } from '../ui/initials.ts';

export function UserMenu() {
  const me = useMe();
  const initials = initialsOf(me?.name ?? '');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu width={236}>
      <Menu.Target>
        <ActionIcon size={32} radius="xl" aria-label={`${initials}, account menu`}>
          <Avatar size={28} color="indigo" radius="xl" aria-hidden>
            {initials}
          </Avatar>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '6px 12px 8px' }}>
          <Text size="sm" fw={550} truncate>
            {me?.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {me?.email}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as typeof colorScheme)}>
          <Menu.RadioItem value="light">Light</Menu.RadioItem>
          <Menu.RadioItem value="dark">Dark</Menu.RadioItem>
          <Menu.RadioItem value="auto">As the system</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconSettings size={16} />}>
          Account
        </Menu.Item>
        {me?.admin && (
          <Menu.Item component={Link} to="/admin" leftSection={<IconShield size={16} />}>
            Administration
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
