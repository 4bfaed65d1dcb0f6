import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from 'react-router';
import { queries } from '../api/queries.ts';
import { MiddleEllipsis } from '../ui/MiddleEllipsis.tsx';
import styles from './AppLayout.module.css';

const pageNames: Readonly<Record<string, string>> = { account: 'Account', admin: 'Administration' };

/** Projects / name of the project; the tabs below say the rest. */
export function Breadcrumbs() {
  const { id } = useParams();
  const first = useLocation().pathname.split('/')[1] ?? '';
  const project = useQuery({ ...queries.project(id ?? ''), enabled: id !== undefined });
  const pageName = pageNames[first];
  return (
    <nav className={styles.crumbs} aria-label="Breadcrumbs">
      <Link to="/projects" className={styles.crumb} aria-current={first === 'projects' && !id ? 'page' : undefined}>
        Projects
      </Link>
      {(id !== undefined || pageName !== undefined) && <span aria-hidden>/</span>}
      {pageName !== undefined && (
        <span className={styles.crumb} aria-current="page">
          {pageName}
        </span>
      )}
      {id !== undefined &&
        (project.data ? (
          <Link to={`/projects/${id}/images`} className={styles.crumb} aria-current="page">
            <MiddleEllipsis text={project.data.name} />
          </Link>
        ) : (
          project.isPending && <Skeleton width={140} height={14} />
        ))}
    </nav>
  );
}
