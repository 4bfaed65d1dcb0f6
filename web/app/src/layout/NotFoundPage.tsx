import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../ui/EmptyState.tsx';

export function NotFoundPage() {
  return (
    <>
      <title>Not found · Plumbline</title>
      <EmptyState
        icon={IconMapQuestion}
        title="There is no page here"
        actions={
          <Button component={Link} to="/projects">
            Go to projects
          </Button>
        }
      >
        The address may be mistyped, or what it named has been removed.
      </EmptyState>
    </>
  );
}
