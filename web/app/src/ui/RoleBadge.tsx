import { Badge } from '@mantine/core';
import type { ProjectRole } from '../api/types.ts';

export function RoleBadge({ role }: { readonly role: ProjectRole }) {
  return (
    <Badge color={role === 'owner' || role === 'manager' ? 'indigo' : 'gray'} tt="capitalize">
      {role}
    </Badge>
  );
}
