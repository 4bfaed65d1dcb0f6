import { Text } from '@mantine/core';
import type { ImportPreview, LabelClass, PreviewPicture, PreviewShape } from '../../api/types.ts';
import { formatCount } from '../../ui/format.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { PALETTE } from '../ontology/palette.ts';
import { type Decisions, fateOf } from './class-mapping.ts';
import styles from './ImportPreview.module.css';

export interface PreviewPicturesProps {
  readonly preview: ImportPreview;
  readonly known: ReadonlyMap<string, LabelClass>;
  readonly decisions: Decisions;
}

/** The first pictures with their shapes in the colours of their classes; what is left out is not drawn. */
export function PreviewPictures({ preview, known, decisions }: PreviewPicturesProps) {
  if (preview.pictures.length === 0) return <Text size="sm">No image has annotations.</Text>;
  const colorOf = (index: number): string | null => {
    const source = preview.classes[index];
    if (source === undefined) return null;
    const fate = fateOf(decisions, source, index);
    if (fate.kind === 'drop') return null;
    const existing = fate.kind === 'existing' ? known.get(fate.classId)?.color : undefined;
    return existing ?? source.color ?? PALETTE[index % PALETTE.length] ?? null;
  };
  return (
    <div className={styles.pictures}>
      {preview.pictures.map((picture, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a preview never changes
        <Picture key={place} picture={picture} source={sourceOf(preview.jobId, picture, place)} colorOf={colorOf} />
      ))}
    </div>
  );
}

interface PictureProps {
  readonly picture: PreviewPicture;
  readonly source: string | null;
  readonly colorOf: (classIndex: number) => string | null;
}

function Picture({ picture, source, colorOf }: PictureProps) {
  const [width, height] = [picture.width ?? 4, picture.height ?? 3];
  const tags = picture.shapes.filter(({ kind }) => kind === 'tag').length;
  return (
    <figure className={styles.picture}>
      <div className={styles.frame} style={{ aspectRatio: `${width} / ${height}` }}>
        {source !== null && <img src={source} alt="" width={width} height={height} decoding="async" />}
        {picture.width !== null && (
          <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${picture.annotations} annotations`}>
            <title>{picture.path}</title>
            {picture.shapes.map((shape, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a preview never changes
              <Shape key={index} shape={shape} color={colorOf(shape.classIndex)} dot={Math.max(width, height) / 130} />
            ))}
          </svg>
        )}
      </div>
      <figcaption>
        <Text size="xs" component="div">
          <MiddleEllipsis text={picture.path} tailLength={14} />
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {source === null ? 'No picture · ' : ''}
          {formatCount(picture.annotations, 'annotation')}
          {tags > 0 && `, ${formatCount(tags, 'tag')}`}
        </Text>
      </figcaption>
    </figure>
  );
}

function Shape({ shape, color, dot }: { readonly shape: PreviewShape; readonly color: string | null; dot: number }) {
  if (color === null) return null;
  const data = shape.lines.map((line) => lineData(line, shape.closed)).join('');
  return (
    <>
      {data !== '' && (
        <path
          d={data}
          stroke={color}
          fill={shape.closed ? color : 'none'}
          fillOpacity={0.2}
          fillRule="evenodd"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      )}
      {shape.lines.map(([x, y, ...rest], index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: a preview never changes
        rest.length === 0 ? <circle key={index} cx={x} cy={y} r={dot} fill={color} /> : null,
      )}
    </>
  );
}

/** SVG path data; nothing for a single position. */
function lineData(line: readonly number[], closed: boolean): string {
  if (line.length < 4) return '';
  let data = `M${line[0]} ${line[1]}`;
  for (let i = 2; i + 1 < line.length; i += 2) data += `L${line[i]} ${line[i + 1]}`;
  return closed ? `${data}Z` : data;
}

function sourceOf(jobId: string, picture: PreviewPicture, place: number): string | null {
  if (picture.imageId !== null) return `/api/images/${picture.imageId}/thumbnail`;
  return picture.hasThumbnail ? `/api/imports/${jobId}/pictures/${place}` : null;
}
