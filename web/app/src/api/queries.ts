import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from './client.ts';
import { jobsOf, mergeJobPages } from './jobs-in-order.ts';
import type {
  AccessToken,
  ExportForecast,
  ExportScope,
  Format,
  ImageDetail,
  ImportPreview,
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

/** Jobs, newest first, page by page. */
const jobList = (queryKey: readonly (string | null)[], path: string) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => api.get<Page<Job>>(path, { query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    structuralSharing: mergeJobPages,
  });

/** Every question the page asks, under the key that live events name. Keys of a project all begin with it. */
export const queries = {
  setup: () => queryOptions({ queryKey: ['setup'], queryFn: () => api.get<Setup>('/setup', { anonymous: true }) }),
  session: () => queryOptions({ queryKey: ['session'], queryFn: (): Promise<Session> => api.session() }),
  users: () => queryOptions({ queryKey: ['users'], queryFn: () => api.get<Items<User>>('/users') }),
  invitations: () =>
    queryOptions({ queryKey: ['invitations'], queryFn: () => api.get<Items<Invitation>>('/invitations') }),
  tokens: () => queryOptions({ queryKey: ['tokens'], queryFn: () => api.get<Items<AccessToken>>('/tokens') }),
  allJobs: () => jobList(['jobs'], '/jobs'),
  projects: () => queryOptions({ queryKey: ['projects'], queryFn: () => api.get<Items<ProjectSummary>>('/projects') }),
  project: (id: string) =>
    queryOptions({ queryKey: ['project', id, 'self'], queryFn: () => api.get<Project>(`/projects/${id}`) }),
  ontology: (id: string) =>
    queryOptions({
      queryKey: ['project', id, 'ontology'],
      queryFn: () => api.get<OntologyVersion>(`/projects/${id}/ontology`),
    }),
  image: (id: string) =>
    queryOptions({
      queryKey: ['image', id],
      queryFn: ({ signal }) => api.get<ImageDetail>(`/images/${id}`, { signal }),
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
  jobs: (id: string) => jobList(['project', id, 'jobs'], `/projects/${id}/jobs`),
  exports: (id: string) => jobList(['project', id, 'exports'], `/projects/${id}/exports`),
  exportForecast: (id: string, scope: ExportScope) =>
    queryOptions({
      queryKey: ['project', id, 'exports', 'forecast', scope],
      queryFn: () => api.get<ExportForecast>(`/projects/${id}/exports/forecast`, { query: { scope } }),
      staleTime: 0,
    }),
  formats: () =>
    queryOptions({
      queryKey: ['formats'],
      queryFn: () => api.get<Items<Format>>('/formats'),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  importPreview: (jobId: string) =>
    queryOptions({
      queryKey: ['import', jobId],
      queryFn: () => api.get<ImportPreview>(`/imports/${jobId}`),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  job: (id: string) => queryOptions({ queryKey: ['job', id, 'self'], queryFn: () => api.get<Job>(`/jobs/${id}`) }),
  /** The report of one import; none before it has ended. */
  reports: (id: string, jobId: string) =>
    queryOptions({
      queryKey: ['project', id, 'reports', jobId],
      queryFn: () => api.get<Items<ImportReport>>(`/projects/${id}/reports`, { query: { jobId } }),
    }),
};

/** The project of this page: name, role, counts. One request however many ask. */
export const useProject = (id: string) => useQuery(queries.project(id));

/** Who is signed in; null while that is unknown or nobody is. */
export const useMe = () => useQuery(queries.session()).data?.user ?? null;

/** A list of jobs as far as it was read. */
export function useJobs(query: ReturnType<typeof jobList>, enabled = true) {
  const list = useInfiniteQuery({ ...query, enabled });
  return { list, jobs: useMemo(() => jobsOf(list.data), [list.data]) };
}
