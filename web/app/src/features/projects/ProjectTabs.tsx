import { useQuery } from '@tanstack/react-query';
import { NavLink, useParams } from 'react-router';
import { isOver } from '../../api/jobs-in-order.ts';
import { queries, useJobs } from '../../api/queries.ts';
import { atLeast } from '../../api/roles.ts';
import type { Project } from '../../api/types.ts';
import { formatNumber } from '../../ui/format.ts';
import styles from './ProjectLayout.module.css';

/** The rooms of a project, with how much is in them. */
export function ProjectTabs({ project }: { readonly project: Project | undefined }) {
  const { id = '' } = useParams();
  const ontology = useQuery(queries.ontology(id));
  const members = useQuery(queries.members(id));
  const { list, jobs } = useJobs(queries.jobs(id));
  const running = list.isSuccess ? jobs.filter((job) => !isOver(job)).length : 0;
  const tabs: readonly (readonly [string, string, number | undefined])[] = [
    ['images', 'Images', project?.counts.images],
    ['ontology', 'Ontology', ontology.data?.ontology.classes.filter(({ retired }) => !retired).length],
    ['members', 'Members', members.data?.items.length],
    ['jobs', 'Jobs', running === 0 ? undefined : running],
    ...(atLeast(project?.role, 'manager') ? ([['exports', 'Exports', undefined]] as const) : []),
    ['settings', 'Settings', undefined],
  ];
  return (
    <nav className={styles.tabs} aria-label="Project">
      {tabs.map(([path, label, count]) => (
        <NavLink key={path} to={`/projects/${id}/${path}`} className={() => styles.tab}>
          {label}
          {count !== undefined && <span className={styles.count}>{formatNumber(count)}</span>}
        </NavLink>
      ))}
    </nav>
  );
}
