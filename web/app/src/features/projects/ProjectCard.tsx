import { Skeleton } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ProjectSummary } from '../../api/types.ts';
import { formatCount } from '../../ui/format.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { ProgressRing } from '../../ui/ProgressRing.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import styles from './ProjectsPage.module.css';

export function ProjectCard({ project }: { readonly project: ProjectSummary }) {
  const { id, name, counts, coverImageId, updatedAt, description } = project;
  return (
    <Link to={`/projects/${id}/images`} className={styles.card} title={description || undefined}>
      <div className={styles.cover}>
        {coverImageId === null ? (
          <IconPhoto size={28} stroke={1.2} aria-hidden />
        ) : (
          <img src={`/api/images/${coverImageId}/thumbnail?size=512`} alt="" loading="lazy" decoding="async" />
        )}
      </div>
      <div className={styles.about}>
        <div className={styles.words}>
          <div className={styles.name}>
            <MiddleEllipsis text={name} />
          </div>
          <div className={styles.facts}>
            {counts.images === 0
              ? 'No images yet'
              : `${formatCount(counts.images, 'image')} · ${formatCount(counts.annotations, 'annotation')}`}
          </div>
          <div className={styles.facts}>
            Changed <TimeAgo time={updatedAt} />
          </div>
        </div>
        <ProgressRing value={counts.images === 0 ? null : counts.done / counts.images} label="Images done" size={44} />
      </div>
    </Link>
  );
}

export function ProjectCardSkeleton() {
  return (
    <div className={styles.card}>
      <div className={styles.cover} />
      <div className={styles.about}>
        <div className={styles.words}>
          <Skeleton height={14} width="60%" my={3} />
          <Skeleton height={10} width="80%" my={4} />
          <Skeleton height={10} width="45%" my={4} />
        </div>
        <Skeleton height={44} circle />
      </div>
    </div>
  );
}
