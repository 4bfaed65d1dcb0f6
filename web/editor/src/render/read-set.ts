import type { WireAnnotationSet } from '../model/annotation.ts';
import { LabelMap } from '../store/label-map.ts';
import { type PackedRecords, pack } from './packing.ts';
import type { SetHeader, SetPart } from './protocol.ts';
import type { Scene } from './scene.ts';

const chunkSize = 1000;

/**
 * Parses the JSON of a set into a scene; gives the records in chunks, small enough to unpack within a frame, and the
 * header with the index.
 */
export function readSet(
  bytes: ArrayBuffer,
  scene: Scene,
  adds: boolean,
  onRecords: (packed: PackedRecords) => void,
): SetHeader {
  const set = JSON.parse(new TextDecoder().decode(bytes)) as WireAnnotationSet;
  const labels = new LabelMap();
  labels.reset(set.tiles);
  const records = set.annotations.map((annotation) => labels.filled(annotation));
  const content = adds ? scene.add(records) : scene.load(records);
  for (let i = 0; i < set.annotations.length; i += chunkSize) {
    onRecords(pack(set.annotations.slice(i, i + chunkSize)));
  }
  return {
    revision: set.revision,
    outcome: { outcome: set.outcome, reason: set.outcomeReason },
    outcomeRevision: set.outcomeRevision,
    tiles: set.tiles,
    part: partOf(set),
    ...content,
  };
}

function partOf({ view, total = 0, matched = 0, annotations }: WireAnnotationSet): SetPart | null {
  if (view === undefined) return null;
  const [left, top, width, height] = view;
  return { area: { left, top, right: left + width, bottom: top + height }, total, matched, sent: annotations.length };
}
