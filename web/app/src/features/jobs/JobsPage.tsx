import { useParams } from 'react-router';
import { queries, useProject } from '../../api/queries.ts';
import { atLeast } from '../../api/roles.ts';
import styles from '../../ui/Page.module.css';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { JobTable } from './JobTable.tsx';

export function JobsPage() {
  const { id = '' } = useParams();
  const project = useProject(id);
  return (
    <div className={styles.page}>
      <PageHeader
        title="Jobs"
        documentTitle={`Jobs · ${project.data?.name ?? ''}`}
        description="What the server does in the background: taking pictures in, importing, exporting. Reports stay here."
      />
      <JobTable query={queries.jobs(id)} manages={atLeast(project.data?.role, 'manager')} />
    </div>
  );
}
