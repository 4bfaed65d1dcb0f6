import { IconCheck } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import type { ImageSummary } from '../../api/types.ts';
import { formatCount } from '../../ui/format.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import styles from './Gallery.module.css';
import { stateLabel } from './image-state.ts';

export interface ImageTileProps {
  readonly image: ImageSummary;
  readonly column: number;
  readonly selected: boolean;
  readonly focused: boolean;
  readonly pictureHeight: number;
  readonly href: string;
}

export const ImageTile = memo(function ImageTile(props: ImageTileProps) {
  const { image } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual
    <div
      id={`tile-${image.id}`}
      role="gridcell"
      tabIndex={-1}
      aria-selected={props.selected}
      aria-colindex={props.column}
      className={styles.tile}
      data-id={image.id}
      data-focused={props.focused || undefined}
    >
      <div className={styles.picture} style={{ height: props.pictureHeight }}>
        <img
          src={image.thumbnailUrl}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          width={image.width}
          height={image.height}
        />
        {props.selected && (
          <span className={styles.tick}>
            <IconCheck size={14} stroke={3} aria-hidden />
          </span>
        )}
      </div>
      <div className={styles.caption}>
        <Link to={props.href} tabIndex={-1} className={styles.name}>
          <MiddleEllipsis text={image.name} />
        </Link>
        <span className={styles.facts}>
          <span
            className={styles.dot}
            data-state={image.outcome === 'unusable' ? 'unusable' : image.state}
            aria-hidden
          />
          <span className={styles.state}>{stateLabel(image)}</span>
          <span className="tabular" title={formatCount(image.annotationCount, 'object')}>
            {image.annotationCount > 0 && image.annotationCount}
          </span>
        </span>
      </div>
    </div>
  );
});
