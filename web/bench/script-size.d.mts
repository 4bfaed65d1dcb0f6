export const scriptBound: number;
export function isBuilt(): boolean;
export function editorScripts(): ReadonlyMap<string, Uint8Array>;
export function sizes(): { readonly plain: number; readonly gzip: number; readonly brotli: number };
