import { type PointerEvent, useEffect, useRef } from 'react';
import { useEditorSession } from '../EditorContext.tsx';
import { useSelected } from '../observed.ts';
import styles from './Canvas.module.css';

const side = 160;
/** The frame can be seen however little of the image is. */
const least = 8;

/** The whole image, small, with a frame around what is seen. Only there when some of it is not. */
export function Minimap() {
  const { editor, image } = useEditorSession();
  const shown = useSelected(editor.camera, ({ scale, viewport }) => {
    const seesAll = viewport.width >= image.width * scale && viewport.height >= image.height * scale;
    return viewport.width > 1 && !seesAll;
  });
  const frame = useRef<HTMLDivElement>(null);
  const zoom = side / Math.max(image.width, image.height);
  const size = { width: image.width * zoom, height: image.height * zoom };
  useEffect(() => {
    if (!shown) return;
    const place = () => {
      const { center, scale, viewport } = editor.camera.value;
      const [width, height] = [viewport.width, viewport.height].map((length) =>
        Math.max(least, (length / scale) * zoom),
      );
      const style = frame.current?.style;
      if (style === undefined || width === undefined || height === undefined) return;
      style.transform = `translate(${center.x * zoom - width / 2}px, ${center.y * zoom - height / 2}px)`;
      style.width = `${width}px`;
      style.height = `${height}px`;
    };
    place();
    return editor.camera.subscribe(place);
  }, [editor, shown, zoom]);
  if (!shown) return null;
  const look = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    editor.centerOn({ x: (event.clientX - bounds.left) / zoom, y: (event.clientY - bounds.top) / zoom });
  };
  return (
    <div
      className={styles.minimap}
      style={{ ...size, backgroundImage: `url("${image.thumbnailUrl}")` }}
      role="img"
      aria-label="Where in the image this is"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        look(event);
      }}
      onPointerMove={look}
    >
      <div ref={frame} className={styles.minimapFrame} />
    </div>
  );
}
