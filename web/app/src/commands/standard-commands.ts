import { useMantineColorScheme } from '@mantine/core';
import {
  IconDownload,
  IconFolder,
  IconLogout,
  IconMoon,
  IconPhoto,
  IconSettings,
  IconShield,
  IconStack2,
  IconSun,
  IconTag,
  IconTargetArrow,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import { api } from '../api/client.ts';
import { queries, useMe } from '../api/queries.ts';
import type { ImageSummary, Page } from '../api/types.ts';
import { signOut } from '../features/session/session-actions.ts';
import type { Command } from './command-store.ts';
import { rank } from './match.ts';

/** Everything one can go to from here; `found` came from a search by the server and is not to be ranked again. */
export function useStandardCommands(search: string): {
  readonly commands: readonly Command[];
  readonly found: readonly Command[];
  readonly searching: boolean;
} {
  const navigate = useNavigate();
  const projectId = /^\/projects\/([^/]+)/.exec(useLocation().pathname)?.[1];
  const { setColorScheme } = useMantineColorScheme();
  const me = useMe();
  const projects = useQuery(queries.projects());
  const searchesProject = projectId !== undefined && search !== '';
  const ontology = useQuery({ ...queries.ontology(projectId ?? ''), enabled: searchesProject });
  const members = useQuery({ ...queries.members(projectId ?? ''), enabled: searchesProject });
  const images = useQuery({
    queryKey: ['project', projectId, 'palette', search],
    queryFn: () =>
      api.get<Page<ImageSummary>>(`/projects/${projectId}/images`, {
        query: { filter: `name:"${search.replaceAll('"', '')}"`, limit: 8 },
      }),
    enabled: searchesProject,
    placeholderData: keepPreviousData,
  });

  const page = (label: string, path: string, icon: Command['icon']): Command => ({
    id: `page:${path}`,
    label,
    group: 'Page',
    ...(icon === undefined ? {} : { icon }),
    run: () => navigate(path),
  });
  const commands: Command[] = [
    ...(projectId === undefined
      ? []
      : [
          page('Images', `/projects/${projectId}/images`, IconPhoto),
          page('Ontology', `/projects/${projectId}/ontology`, IconTag),
          page('Members', `/projects/${projectId}/members`, IconUsers),
          page('Jobs', `/projects/${projectId}/jobs`, IconStack2),
          page('Exports', `/projects/${projectId}/exports`, IconDownload),
          page('Project settings', `/projects/${projectId}/settings`, IconSettings),
        ]),
    page('Projects', '/projects', IconFolder),
    page('Practice: learn the hands', '/practice', IconTargetArrow),
    page('Account', '/account', IconUser),
    ...(me?.admin ? [page('Administration', '/admin', IconShield)] : []),
    ...(projects.data?.items ?? []).map((project) => ({
      ...page(project.name, `/projects/${project.id}/images`, IconFolder),
      hint: 'Project',
    })),
    { id: 'light', label: 'Light colours', group: 'Command', icon: IconSun, run: () => setColorScheme('light') },
    { id: 'dark', label: 'Dark colours', group: 'Command', icon: IconMoon, run: () => setColorScheme('dark') },
    { id: 'sign-out', label: 'Sign out', group: 'Command', icon: IconLogout, run: signOut },
  ];
  const classes = searchesProject ? (ontology.data?.ontology.classes ?? []) : [];
  const people = searchesProject ? (members.data?.items ?? []) : [];
  const found: Command[] = [
    ...rank(classes, search, ({ name }) => name).map(({ id, name }) => ({
      ...page(name, `/projects/${projectId}/images?filter=${encodeURIComponent(`class:"${name}"`)}`, IconTag),
      id: `class:${id}`,
      hint: 'Class: images that have it',
    })),
    ...(searchesProject ? (images.data?.items ?? []) : []).map(({ id, path }) => ({
      ...page(path, `/projects/${projectId}/images/${id}`, IconPhoto),
      hint: 'Image',
    })),
    ...rank(people, search, ({ name, email }) => `${name} ${email}`).map(({ userId, name, role }) => ({
      ...page(name, `/projects/${projectId}/members`, IconUser),
      id: `person:${userId}`,
      hint: role,
    })),
  ];
  return { commands, found, searching: searchesProject && images.isFetching };
}
