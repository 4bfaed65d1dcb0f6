import type { WireAnnotationSet } from '../model/annotation.ts';
import { LabelMap } from '../store/label-map.ts';
import { type PackedRecords, pack } from './packing.ts';
import type { SetHeader } from './protocol.ts';
import type { Scene } from './scene.ts';

const chunkSize = 1000;

/**
 * Parses the JSON of a set into a scene; gives the records in chunks, small enough to unpack within a frame, and the
 * header with the index.
 */
export function readSet(bytes: ArrayBuffer, scene: Scene, onRecords: (packed: PackedRecords) => void): SetHeader {
  const set = JSON.parse(new TextDecoder().decode(bytes)) as WireAnnotationSet;
  const labels = new LabelMap();
  labels.reset(set.tiles);
  const content = scene.load(set.annotations.map((annotation) => labels.filled(annotation)));
  for (let i = 0; i < set.annotations.length; i += chunkSize) {
    onRecords(pack(set.annotations.slice(i, i + chunkSize)));
  }
  return {
    revision: set.revision,
    outcome: { outcome: set.outcome, reason: set.outcomeReason },
    outcomeRevision: set.outcomeRevision,
    tiles: set.tiles,
    ...content,
  };
}
