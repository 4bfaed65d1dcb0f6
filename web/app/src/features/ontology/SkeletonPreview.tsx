import type { SkeletonDefinition } from '../../api/types.ts';

const SIZE = 168;

/** The points on a circle, their lines, and mirrored pairs dashed: shows what hangs together, not where it is. */
export function SkeletonPreview({ skeleton }: { readonly skeleton: SkeletonDefinition }) {
  const places = skeleton.points.map((_, i) => {
    const angle = (2 * Math.PI * i) / skeleton.points.length - Math.PI / 2;
    return { x: SIZE / 2 + (SIZE / 2 - 26) * Math.cos(angle), y: SIZE / 2 + (SIZE / 2 - 26) * Math.sin(angle) };
  });
  const line = (from: number, to: number, dashed: boolean) => {
    const [a, b] = [places[from], places[to]];
    if (a === undefined || b === undefined) return null;
    return (
      <line
        key={`${dashed}${from}-${to}`}
        x1={a.x}
        y1={a.y}
        x2={b.x}
        y2={b.y}
        stroke={dashed ? 'var(--pl-muted)' : 'var(--pl-accent)'}
        strokeWidth={dashed ? 1 : 2}
        strokeDasharray={dashed ? '3 3' : undefined}
      />
    );
  };
  return (
    <svg width={SIZE} height={SIZE} role="img" aria-label={`${skeleton.points.length} points of ${skeleton.name}`}>
      {skeleton.mirrored.map((pair) => line(pair.from, pair.to, true))}
      {skeleton.edges.map((pair) => line(pair.from, pair.to, false))}
      {places.map((place, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the list
        <g key={i}>
          <circle cx={place.x} cy={place.y} r={4} fill="var(--pl-accent)" />
          <text
            x={place.x}
            y={place.y + (place.y < SIZE / 2 ? -8 : 16)}
            textAnchor="middle"
            fontSize={10}
            fill="var(--mantine-color-text)"
          >
            {(skeleton.points[i] ?? '').slice(0, 12)}
          </text>
        </g>
      ))}
    </svg>
  );
}
