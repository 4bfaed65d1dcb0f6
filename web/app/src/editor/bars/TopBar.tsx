import { ActionIcon, Avatar, Text, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import type { Neighbours, PersonRef, Project } from '../../api/types.ts';
import { Logo } from '../../layout/Logo.tsx';
import { UserMenu } from '../../layout/UserMenu.tsx';
import { formatNumber } from '../../ui/format.ts';
import { initialsOf } from '../../ui/initials.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { useEditorSession } from '../EditorContext.tsx';
import { ModeSwitch } from '../modes/ModeSwitch.tsx';
import type { EditorMode } from '../modes/use-mode.ts';
import type { Submit } from '../use-submit.ts';
import styles from './Bars.module.css';
import { SaveIndicator } from './SaveIndicator.tsx';
import { SubmitButton } from './SubmitButton.tsx';

export interface TopBarProps {
  readonly project: Project | undefined;
  readonly neighbours: Neighbours;
  readonly people: readonly PersonRef[];
  readonly submit: Submit;
  readonly onUnusable: () => void;
  readonly mode: EditorMode;
  readonly onMode: (mode: EditorMode) => void;
}

export function TopBar({ project, neighbours, people, submit, onUnusable, mode, onMode }: TopBarProps) {
  const { projectId, image, go, readOnlyReason } = useEditorSession();
  const { search } = useLocation();
  const back = new URLSearchParams(search);
  back.delete('mode');
  back.set('at', image.id);
  const { index, count } = neighbours;
  const previous = neighbours.previous.at(-1);
  const next = neighbours.next[0];
  return (
    <header className={styles.top}>
      <Link to="/projects" aria-label="Plumbline, all projects" className={styles.home}>
        <Logo size={20} />
      </Link>
      <nav className={styles.crumbs} aria-label="Breadcrumbs">
        <Link to={`/projects/${projectId}/images?${back}`} className={styles.crumb}>
          <MiddleEllipsis text={project?.name ?? ''} />
        </Link>
        <span aria-hidden>▸</span>
        <h1 className={styles.title} title={image.path}>
          <MiddleEllipsis text={image.name} tailLength={14} />
        </h1>
      </nav>
      <div className={styles.steps}>
        <Tooltip label="Previous image (Shift+Space)">
          <ActionIcon
            aria-label="Previous image"
            disabled={previous === undefined}
            onClick={() => previous && go(previous.id)}
          >
            <IconChevronLeft size={18} />
          </ActionIcon>
        </Tooltip>
        <Text size="xs" className={styles.index} component="span">
          {index === null ? '–' : formatNumber(index + 1)} / {formatNumber(count)}
        </Text>
        <Tooltip label="Next image (Space)">
          <ActionIcon aria-label="Next image" disabled={next === undefined} onClick={() => next && go(next.id)}>
            <IconChevronRight size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
      <SaveIndicator />
      <div className={styles.end}>
        {people.length > 0 && (
          <Tooltip
            label={`${people.map((person) => person.name).join(', ')} ${people.length === 1 ? 'is' : 'are'} here too`}
          >
            <Avatar.Group spacing={6} role="img" aria-label={`Also here: ${people.map((p) => p.name).join(', ')}`}>
              {people.slice(0, 3).map((person) => (
                <Avatar key={person.id} size={24} radius="xl" color="teal">
                  {initialsOf(person.name)}
                </Avatar>
              ))}
              {people.length > 3 && (
                <Avatar size={24} radius="xl">
                  +{people.length - 3}
                </Avatar>
              )}
            </Avatar.Group>
          </Tooltip>
        )}
        {readOnlyReason === null ? (
          <>
            <ModeSwitch mode={mode} onChange={onMode} />
            <SubmitButton submit={submit} onUnusable={onUnusable} />
          </>
        ) : (
          <Text size="xs" className={styles.readOnly} role="status">
            Read-only: {readOnlyReason}
          </Text>
        )}
        <UserMenu />
      </div>
    </header>
  );
}
