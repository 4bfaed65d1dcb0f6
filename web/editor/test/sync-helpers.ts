import { newId } from '../src/model/ids.ts';
import { FakeServer } from './fake-server.ts';
import { box, type TestEditor, wire } from './test-editor.ts';

/** Lets everything that needs no timer happen. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await Promise.resolve();
}

export const one = () => new FakeServer(newId(), [wire('a', box(10, 10, 30, 30))]);

export function draw(editor: TestEditor, x = 50): void {
  editor.setTool('box');
  editor.drag([
    [x, 50],
    [x + 20, 70],
  ]);
}
