import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import type { ClassExample } from '../../api/types.ts';
import styles from './Examples.module.css';
import { needsPixels, viewOf } from './example-view.ts';

/** The picture of an example: its part in a frame, with a little of what is around it. */
export function ExamplePicture({ example }: { readonly example: ClassExample }) {
  const { imageId, region, caption } = example;
  const image = useQuery(queries.image(imageId));
  if (image.data === undefined) {
    return (
      <div className={`${styles.picture} ${styles.gone}`} aria-busy={image.isPending}>
        {image.isError && 'This picture is not there any more.'}
      </div>
    );
  }
  const { width, height, thumbnailUrl, pixelsUrl, tiles } = image.data;
  const view = viewOf(region, { width, height });
  return (
    <svg
      className={styles.picture}
      viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
      role="img"
      aria-label={caption === '' ? 'Example without a caption' : caption}
    >
      <image
        href={tiles === null && needsPixels(view, { width, height }) ? pixelsUrl : thumbnailUrl}
        width={width}
        height={height}
        preserveAspectRatio="none"
      />
      {region !== null && <rect x={region.x} y={region.y} width={region.width} height={region.height} />}
    </svg>
  );
}
