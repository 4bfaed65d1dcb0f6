import type { ImageSource } from '@plumbline/editor';
import type { ImageSummary } from '../api/types.ts';

export function imageSource(image: ImageSummary): ImageSource {
  return {
    imageId: image.id,
    setId: image.setId,
    picture: image.pixelsUrl,
    size: { width: image.width, height: image.height },
  };
}
