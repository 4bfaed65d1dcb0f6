import type { DrawingSettings, ViewSettings } from './api.ts';
import { Camera } from './camera/camera.ts';
import { boundsOf, union } from './geometry/outline.ts';
import type { ImagePoint } from './geometry/spaces.ts';
import type { Severity } from './render/badges.ts';
import type { TileSource } from './render/tile-grid.ts';
import type { EditorState } from './state.ts';
import { StateView } from './state-view.ts';
import type { ToolId } from './tools/all-tools.ts';
import type { VertexOf } from './tools/tool.ts';

/** What everybody may set of the editor's state: what is in hand, what is looked at. No edits. */
export class StateControls extends StateView {
  readonly #state: EditorState;

  constructor(state: EditorState) {
    super(state);
    this.#state = state;
  }

  setTool(tool: ToolId): void {
    this.#state.tool.set(tool);
  }

  setCurrentClass(classId: string): void {
    const { currentClass } = this.#state;
    if (currentClass.value !== classId) this.#state.previousClass = currentClass.value;
    currentClass.set(classId);
  }

  setCurrentPredicate(predicateId: string): void {
    this.#state.currentPredicate.set(predicateId);
  }

  select(ids: readonly string[]): void {
    this.#state.select(ids);
  }

  chooseVertices(vertices: readonly VertexOf[]): void {
    this.#state.activeVertices.set(vertices);
  }

  hover(id: string | null): void {
    this.#state.hovered.set(id);
  }

  setFindings(severities: ReadonlyMap<string, Severity>): void {
    this.#state.findings.set(severities);
  }

  setTiles(tiles: TileSource | null): void {
    this.#state.setTiles(tiles);
  }

  setView(change: Partial<ViewSettings>): void {
    this.#state.view.update((view) => ({ ...view, ...change }));
  }

  setDrawing(change: Partial<DrawingSettings>): void {
    this.#state.drawing.update((drawing) => ({ ...drawing, ...change }));
  }

  fit(): void {
    this.#state.camera.update(({ image, viewport }) => Camera.fit(image, viewport));
  }

  zoomTo(ids: readonly string[]): void {
    const box = union(this.#state.records(ids).map(({ shape }) => boundsOf(shape)));
    if (box !== null) this.#state.camera.update((camera) => camera.framing(box));
  }

  centerOn(place: ImagePoint): void {
    this.#state.camera.update((camera) => camera.centered(place));
  }

  zoomToScale(scale: number): void {
    this.#state.camera.update((camera) => {
      const { width, height } = camera.viewport;
      return camera.zoomed({ x: width / 2, y: height / 2 }, scale / camera.scale);
    });
  }
}
