import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { mergeJobLists } from './jobs-in-order.ts';
import type {
  AccessToken,
  ImportReport,
  Invitation,
  Job,
  Member,
  OntologyVersion,
  Page,
  Project,
  ProjectSummary,
  Session,
  Setup,
  User,
} from './types.ts';

type Items<T> = Pick<Page<T>, 'items'>;

/** Every question the page asks, under the key that live events name. Keys of a project all begin with it. */
export const queries = {
  setup: () => queryOptions({ queryKey: ['setup'], queryFn: () => api.get<Setup>('/setup', { anonymous: true }) }),
  session: () => queryOptions({ queryKey: ['session'], queryFn: (): Promise<Session> => api.session() }),
  users: () => queryOptions({ queryKey: ['users'], queryFn: () => api.get<Items<User>>('/users') }),
  invitations: () =>
    queryOptions({ queryKey: ['invitations'], queryFn: () => api.get<Items<Invitation>>('/invitations') }),
  tokens: () => queryOptions({ queryKey: ['tokens'], queryFn: () => api.get<Items<AccessToken>>('/tokens') }),
  allJobs: () =>
    queryOptions({
      queryKey: ['jobs'],
      queryFn: () => api.get<Items<Job>>('/jobs'),
      structuralSharing: mergeJobLists,
    }),
  projects: () => queryOptions({ queryKey: ['projects'], queryFn: () => api.get<Items<ProjectSummary>>('/projects') }),
  project: (id: string) =>
    queryOptions({ queryKey: ['project', id, 'self'], queryFn: () => api.get<Project>(`/projects/${id}`) }),
  ontology: (id: string) =>
    queryOptions({
      queryKey: ['project', id, 'ontology'],
      queryFn: () => api.get<OntologyVersion>(`/projects/${id}/ontology`),
    }),
  members: (id: string) =>
    queryOptions({
      queryKey: ['project', id, 'members'],
      queryFn: () => api.get<Items<Member>>(`/projects/${id}/members`),
    }),
  projectInvitations: (id: string) =>
    queryOptions({
      queryKey: ['project', id, 'invitations'],
      queryFn: () => api.get<Items<Invitation>>(`/projects/${id}/invitations`),
    }),
  jobs: (id: string) =>
    queryOptions({
      queryKey: ['project', id, 'jobs'],
      queryFn: () => api.get<Items<Job>>(`/projects/${id}/jobs`),
      structuralSharing: mergeJobLists,
    }),
  exports: (id: string) =>
    queryOptions({
      queryKey: ['project', id, 'exports'],
      queryFn: () => api.get<Items<Job>>(`/projects/${id}/exports`),
    }),
  reports: (id: string) =>
    queryOptions({
      queryKey: ['project', id, 'reports'],
      queryFn: () => api.get<Items<ImportReport>>(`/projects/${id}/reports`),
    }),
};

/** The project of this page: name, role, counts. One request however many ask. */
export const useProject = (id: string) => useQuery(queries.project(id));

/** Who is signed in; null while that is unknown or nobody is. */
export const useMe = () => useQuery(queries.session()).data?.user ?? null;
