import type { ForecastLoss } from '../../api/types.ts';
import { formatCount } from '../../ui/format.ts';
import { countOfShapes, shapesOf } from '../formats/shape-words.ts';

const words: Readonly<Record<string, (count: number) => string>> = {
  holes: (n) => `${formatCount(n, 'polygon')} with holes: the holes are joined, filled or drawn as masks`,
  parts: (n) => `${formatCount(n, 'polygon')} of several parts: the parts are joined or become objects`,
  attributes: (n) => `attributes of ${formatCount(n, 'annotation')}`,
  'image-attributes': (n) => `attributes of ${formatCount(n, 'image')}`,
  ignore: (n) => `that ${formatCount(n, 'object')} are to be ignored`,
  groups: (n) => `the groups of ${formatCount(n, 'annotation')}`,
  relations: (n) => `what ${formatCount(n, 'object')} have to do with others`,
  scores: (n) => `the scores of ${formatCount(n, 'annotation')}`,
  'z-order': (n) => `the drawing order of ${formatCount(n, 'annotation')}`,
  outcomes: (n) => `that ${formatCount(n, 'image')} are verified empty or unusable`,
  'class-tree': (n) => `where ${formatCount(n, 'class', 'classes')} stand in the tree`,
  'class-colors': (n) => `the colours of ${formatCount(n, 'class', 'classes')}`,
  'class-rules': (n) => `meaning and allowed shapes of ${formatCount(n, 'class', 'classes')}`,
  'attribute-definitions': (n) => `the definitions of ${formatCount(n, 'attribute')}`,
  'class-examples': (n) => `${formatCount(n, 'example')} of classes: they stay in the project`,
  skeletons: (n) => `names and edges of the points of ${formatCount(n, 'class', 'classes')}`,
  provenance: (n) => `who made ${formatCount(n, 'annotation')}`,
};

/** What a format would lose, in words. */
export function lossText({ code, count, shape, storedAs }: ForecastLoss): string {
  if (code === 'shape' && shape != null) {
    return storedAs == null
      ? `${countOfShapes(shape, count)}: left out`
      : `${countOfShapes(shape, count)}: written as ${shapesOf(storedAs)}`;
  }
  return words[code]?.(count) ?? formatCount(count, code);
}
