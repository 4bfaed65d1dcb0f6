import type { ExportFormat } from '../../api/types.ts';

export interface ExportFormatInfo {
  readonly value: ExportFormat;
  readonly name: string;
  readonly holds: string;
  /** What is lost, in general; the loss report of each export lists it item by item. */
  readonly cannotSay: string;
}

export const exportFormats: readonly ExportFormatInfo[] = [
  {
    value: 'coco',
    name: 'COCO instances',
    holds: 'One JSON file with boxes, polygons, masks and attributes; ignored regions become crowds.',
    cannotSay:
      'Points, lines and tags. Polygons with holes become masks of whole pixels; rotated boxes and ellipses become polygons.',
  },
  {
    value: 'yolo',
    name: 'YOLO detection',
    holds: 'Ultralytics layout: a data.yaml and one text file of boxes for each image.',
    cannotSay:
      'Anything but upright boxes: other shapes become their bounding box. No attributes; ignored objects are left out.',
  },
  {
    value: 'yolo-seg',
    name: 'YOLO segmentation',
    holds: 'Ultralytics layout: a data.yaml and one text file of outlines for each image.',
    cannotSay:
      'Holes and separate parts: they are joined into one outline. No attributes; ignored objects are left out.',
  },
  {
    value: 'voc',
    name: 'Pascal VOC',
    holds: 'One XML file of boxes for each image, with attributes.',
    cannotSay:
      'Outlines and masks: they become their bounding box. Attributes become text; ignored objects are marked difficult.',
  },
];

export const formatName = (value: unknown): string =>
  exportFormats.find((format) => format.value === value)?.name ?? String(value ?? '');
