/** Dataset formats the server reads. `auto`: it looks at the files and decides. */
export const importFormats = [
  { value: 'auto', label: 'Find out from the files' },
  { value: 'coco', label: 'COCO instances (JSON)' },
  { value: 'yolo', label: 'YOLO detection (Ultralytics)' },
  { value: 'yolo-seg', label: 'YOLO segmentation (Ultralytics)' },
  { value: 'voc', label: 'Pascal VOC (XML)' },
] as const;
export type ImportFormat = (typeof importFormats)[number]['value'];

/** As the API wants it: null lets the server decide. */
export const formatOrNull = (format: ImportFormat): string | null => (format === 'auto' ? null : format);
