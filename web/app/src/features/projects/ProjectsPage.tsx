import { Button, TextInput } from '@mantine/core';
import { IconFolderPlus, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { queries } from '../../api/queries.ts';
import { type Command, useCommands } from '../../commands/command-store.ts';
import { rank } from '../../commands/match.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { CreateProjectDialog } from './CreateProjectDialog.tsx';
import { ProjectCard, ProjectCardSkeleton } from './ProjectCard.tsx';
import styles from './ProjectsPage.module.css';

/** Above so many projects one looks for a name rather than along the rows. */
const searchFrom = 7;

export function ProjectsPage() {
  const projects = useQuery(queries.projects());
  const [parameters, setParameters] = useSearchParams();
  const typed = parameters.get('q') ?? '';
  const creating = parameters.has('new');
  const set = (name: string, value: string | null) =>
    setParameters(
      (known) => {
        const next = new URLSearchParams(known);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  useCommands(useNewProjectCommand());

  const items = projects.data?.items ?? [];
  const shown = rank(items, typed, ({ name, description }) => `${name} ${description}`);
  return (
    <div className={styles.page}>
      <PageHeader
        title="Projects"
        actions={
          items.length > 0 && (
            <>
              {items.length >= searchFrom && (
                <TextInput
                  w={220}
                  placeholder="Find a project"
                  aria-label="Find a project"
                  leftSection={<IconSearch size={16} />}
                  value={typed}
                  onChange={(event) => set('q', event.currentTarget.value || null)}
                />
              )}
              <Button leftSection={<IconPlus size={16} />} onClick={() => set('new', '')}>
                New project
              </Button>
            </>
          )
        }
      />
      {projects.isError && <ErrorState error={projects.error} onRetry={() => projects.refetch()} />}
      {projects.isPending && (
        <div className={styles.grid} role="status" aria-label="Loading projects">
          {['first', 'second', 'third', 'fourth'].map((key) => (
            <ProjectCardSkeleton key={key} />
          ))}
        </div>
      )}
      {projects.isSuccess && items.length === 0 && (
        <EmptyState
          icon={IconFolderPlus}
          title="Make your first project"
          actions={
            <Button leftSection={<IconPlus size={16} />} onClick={() => set('new', '')}>
              New project
            </Button>
          }
        >
          A project holds the pictures, the classes to label them with, and the people who do it. After making one, drop
          a folder of pictures on it. To join a project of somebody else, ask its manager for an invitation.
        </EmptyState>
      )}
      {items.length > 0 && shown.length === 0 && (
        <EmptyState icon={IconSearch} title={`No project is called “${typed}”`} />
      )}
      <div className={styles.grid}>
        {shown.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </div>
      <CreateProjectDialog opened={creating} onClose={() => set('new', null)} />
    </div>
  );
}

function useNewProjectCommand(): readonly Command[] {
  const [, setParameters] = useSearchParams();
  return useMemo(
    () => [
      {
        id: 'new-project',
        label: 'New project',
        group: 'Command',
        icon: IconPlus,
        run: () => setParameters({ new: '' }, { replace: true }),
      },
    ],
    [setParameters],
  );
}
