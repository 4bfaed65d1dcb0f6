export type { AssistActions } from './actions/assist-actions.ts';
export type { EditActions } from './actions/edit-actions.ts';
export type { MaskActions } from './actions/mask-actions.ts';
export type { RelationActions } from './actions/relation-actions.ts';
export type { ShapeActions } from './actions/shape-actions.ts';
export type { TextActions, TypedText } from './actions/text-actions.ts';
export type {
  AnnotationsView,
  AssistSettings,
  CameraView,
  DrawingSettings,
  Editor,
  EditorOptions,
  HistoryView,
  ImageSource,
  ImageState,
  MaskRule,
  Notice,
  OpenImage,
  PictureTone,
  ToolId,
  ViewSettings,
} from './api.ts';
export { type KeyName, keyName, keyNames } from './commands/keymap.ts';
export {
  type Command,
  type CommandGroup,
  CommandRegistry,
  type KeyConflict,
  type KeyMap,
} from './commands/registry.ts';
export { createEditor } from './editor.ts';
export { type Frame, frameOf, isFramed } from './geometry/frames.ts';
export type { ImageBox, ImagePoint, ScreenBox, ScreenPoint, Size } from './geometry/spaces.ts';
export { verticesOf } from './geometry/vertices.ts';
export { pixelOverlap } from './masks/overlap.ts';
export * from './model/annotation.ts';
export { newId } from './model/ids.ts';
export type { Observable } from './model/observable.ts';
export * from './model/ontology.ts';
export { type Related, relationsAmong } from './model/relations.ts';
export { imageTags, isTaggable, type TagChoice, type TaggedState, tagChoices } from './model/tags.ts';
export { isRightToLeft, type TextAttributes, textAttributeNames, textAttributes } from './model/text.ts';
export { inVerifyingOrder, nextUnjudged } from './model/verifying.ts';
export type { Severity } from './render/badges.ts';
export type { ColorBy } from './render/coloring.ts';
export { startWorkers } from './render/engine.ts';
export type { SetPart } from './render/protocol.ts';
export type { TileSource } from './render/tile-grid.ts';
export { isUntouched, untouchedTone } from './render/tone.ts';
export { outcomeId, type Visibility } from './store/changes.ts';
export * from './sync/port.ts';
export type { Conflict, Rejection, SaveStatus } from './sync/status.ts';
export { allTools } from './tools/all-tools.ts';
export { canDrawWith, isOffered, type ToolDefinition, type ToolOption } from './tools/tool.ts';
