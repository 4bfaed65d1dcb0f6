import { boxTool } from './box-tool.ts';
import { brushTool } from './brush-tool.ts';
import { cuboidTool } from './cuboid-tool.ts';
import { cutTool } from './cut-tool.ts';
import { ellipseTool } from './ellipse-tool.ts';
import { eraserTool } from './eraser-tool.ts';
import { extremeBoxTool } from './extreme-box-tool.ts';
import { fillTool } from './fill-tool.ts';
import { grabCutTool } from './grab-cut-tool.ts';
import { keypointsTool } from './keypoints-tool.ts';
import { lassoTool } from './lasso-tool.ts';
import { panTool } from './pan-tool.ts';
import { pointTool } from './point-tool.ts';
import { polygonTool } from './polygon-tool.ts';
import { polylineTool } from './polyline-tool.ts';
import { relationTool } from './relation-tool.ts';
import { rotatedBoxTool } from './rotated-box-tool.ts';
import { scissorsTool } from './scissors-tool.ts';
import { selectTool } from './select-tool.ts';
import { similarTool } from './similar-tool.ts';
import { superpixelTool } from './superpixel-tool.ts';
import { textTool } from './text-tool.ts';
import { wandTool } from './wand-tool.ts';

/** Every tool, in the order of the tool strip. A new one is a file and a line here. */
export const allTools = [
  selectTool,
  panTool,
  boxTool,
  extremeBoxTool,
  rotatedBoxTool,
  ellipseTool,
  polygonTool,
  scissorsTool,
  wandTool,
  grabCutTool,
  superpixelTool,
  similarTool,
  polylineTool,
  keypointsTool,
  pointTool,
  cuboidTool,
  textTool,
  relationTool,
  cutTool,
  brushTool,
  eraserTool,
  lassoTool,
  fillTool,
] as const;

export type ToolId = (typeof allTools)[number]['id'];
