import type { ToolId } from '@plumbline/editor';

/** The tools that paint pixels with a brush. */
export const brushes: readonly ToolId[] = ['brush', 'eraser'];

/** The tools that change masks. */
export const maskTools: readonly ToolId[] = [...brushes, 'lasso', 'fill'];
