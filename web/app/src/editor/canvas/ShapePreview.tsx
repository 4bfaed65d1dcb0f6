import type { Shape, Size } from '@plumbline/editor';
import { boundsOf, pathData } from '../shape-outline.ts';
import styles from './Canvas.module.css';

export interface ShapePreviewProps {
  readonly shape: Shape;
  /** What must fit into the view, so that several previews show the same part of the picture. */
  readonly around: readonly Shape[];
  readonly picture: string;
  readonly size: Size;
}

/** A shape on its part of the picture. */
export function ShapePreview({ shape, around, picture, size }: ShapePreviewProps) {
  const bounds = boundsOf(around);
  if (bounds === null) return null;
  const side = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top, 24) * 1.3;
  const left = (bounds.left + bounds.right - side) / 2;
  const top = (bounds.top + bounds.bottom - side) / 2;
  return (
    <svg className={styles.preview} viewBox={`${left} ${top} ${side} ${side}`} aria-hidden>
      <image href={picture} width={size.width} height={size.height} />
      <path d={pathData(shape)} fillRule="evenodd" className={styles.previewPath} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
