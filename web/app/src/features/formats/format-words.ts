/** What a format is for, in one line; by the server's name of it. */
const words: Readonly<Record<string, readonly [FormatGroup, string]>> = {
  plumb: ['everything', 'Plumbline’s own: loses nothing. For backup, transfer and versions.'],
  jsonl: ['everything', 'One JSON object a line, for scripts and data tools.'],
  csv: ['everything', 'One row an object, for spreadsheets and data frames.'],
  coco: ['detection', 'One JSON file of boxes, outlines and masks. Most training code reads it.'],
  yolo: ['detection', 'Boxes in text files beside a data.yaml, for Ultralytics.'],
  'yolo-obb': ['detection', 'Rotated boxes, for Ultralytics’ oriented models.'],
  voc: ['detection', 'One XML file of boxes for each image.'],
  kitti: ['detection', 'Boxes with truncation and occlusion, for driving scenes.'],
  openimages: ['detection', 'CSV files of boxes and of classes of images.'],
  sagemaker: ['detection', 'An augmented manifest, for training on SageMaker.'],
  'coco-results': ['detection', 'Scored detections, as COCO’s own evaluation reads them.'],
  'yolo-seg': ['segmentation', 'Outlines in text files beside a data.yaml, for Ultralytics.'],
  'coco-panoptic': ['segmentation', 'Every pixel one segment: PNGs with a JSON file.'],
  masks: ['segmentation', 'One PNG of class numbers or colours for each image.'],
  cityscapes: ['segmentation', 'PNGs of classes and instances, as the Cityscapes scripts read them.'],
  'coco-keypoints': ['keypoints', 'COCO’s JSON with the points and edges of skeletons.'],
  'yolo-pose': ['keypoints', 'Boxes with keypoints, for Ultralytics’ pose models.'],
  imagenet: ['classification', 'A folder for each class with its pictures.'],
  'yolo-cls': ['classification', 'A folder for each split and class, for Ultralytics’ classifiers.'],
  cvat: ['tools', 'XML that CVAT exports and imports: every shape, attributes, tracks.'],
  datumaro: ['tools', 'Datumaro’s JSON.'],
  labelstudio: ['tools', 'Tasks with annotations and predictions, for Label Studio.'],
  labelme: ['tools', 'One JSON file beside each picture, for LabelMe.'],
};

export type FormatGroup =
  | 'everything'
  | 'detection'
  | 'segmentation'
  | 'keypoints'
  | 'classification'
  | 'tools'
  | 'other';

const groups: Readonly<Record<FormatGroup, string>> = {
  everything: 'All there is',
  detection: 'Detection',
  segmentation: 'Segmentation',
  keypoints: 'Keypoints',
  classification: 'Classification',
  tools: 'Other labelling tools',
  other: 'More',
};

/** Where it stands in a list of formats. */
export const groupOf = (name: string): FormatGroup => words[name]?.[0] ?? 'other';

/** What it is for; empty for a format that this page does not know. */
export const purposeOf = (name: string): string => words[name]?.[1] ?? '';

export interface GroupOfFormats<T> {
  readonly group: string;
  readonly formats: readonly T[];
}

/** By group, in the order of the groups, then of the server; groups without formats are left out. */
export function grouped<T extends { readonly name: string }>(formats: readonly T[]): readonly GroupOfFormats<T>[] {
  return (Object.keys(groups) as FormatGroup[])
    .map((group) => ({ group: groups[group], formats: formats.filter(({ name }) => groupOf(name) === group) }))
    .filter((entry) => entry.formats.length > 0);
}
