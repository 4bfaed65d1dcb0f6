import { describe, expect, it } from 'vitest';
import type { ImageSource } from '../src/api.ts';
import { newId } from '../src/model/ids.ts';
import type { Picture } from '../src/render/engine.ts';
import { FakeServer, Network } from './fake-server.ts';
import { box, TestEditor, testOntology, wire } from './test-editor.ts';

const source = (setId: string): ImageSource => ({
  imageId: setId,
  setId,
  picture: new Blob(),
  size: { width: 100, height: 100 },
});
const open = (setId: string) => ({ ...source(setId), ontology: testOntology, readOnly: false });
const one = () => new FakeServer(newId(), [wire('a', box(10, 10, 30, 30))]);

describe('Opening images', () => {
  it('takes what was fetched ahead, and asks only what is new since', async () => {
    const editor = await TestEditor.open({ server: one() });
    editor.prefetch([source('next')]);
    await editor.openImage(open('next'));
    editor.server.putByOther(wire('b', box(50, 50, 10, 10)));
    await expect.poll(() => editor.records().length).toBe(2);
    const ready = editor.openImage(open(editor.server.setId));
    expect(editor.image.value.status).toBe('ready');
    await ready;
    await expect.poll(() => editor.records().length).toBe(2);
  });

  it('keeps history and unsent work of an image that is left', async () => {
    const network = new Network();
    const editor = await TestEditor.open({ server: one(), network });
    editor.actions.nudge(['a'], 5, 0);
    const setId = editor.server.setId;
    await editor.openImage(open('next'));
    expect(editor.history.value.undo).toBeNull();
    await editor.whenSaved();
    await editor.openImage(open(setId));
    expect(editor.history.value.undo).toBe('Nudge object');
    expect(editor.selection.value).toEqual([]);
  });

  it('shows the last one asked for', async () => {
    const editor = await TestEditor.open({ server: one() });
    const [first, second] = [editor.openImage(open('x')), editor.openImage(open('y'))];
    await Promise.all([first, second]);
    expect(editor.image.value).toMatchObject({ status: 'ready', source: { setId: 'y' } });
  });

  it('stays where a person looked while it was loading', async () => {
    const editor = await TestEditor.open({ server: one() });
    const ready = editor.openImage(open('next'));
    editor.zoomToScale(7);
    await ready;
    expect(editor.camera.value.scale).toBe(7);
    await editor.openImage(open(editor.server.setId));
    expect(editor.camera.value.scale).not.toBe(7);
  });

  it('shows the annotations before the picture is there, and is ready with both', async () => {
    let decode = (_: Picture) => {};
    const pictures = [Promise.resolve<Picture>({ levels: [] }), new Promise<Picture>((resolve) => (decode = resolve))];
    const load = () => pictures.shift() ?? Promise.reject(new Error('Two pictures are enough.'));
    const editor = await TestEditor.open({ server: one(), pictures: load });
    editor.actions.remove(['a']);
    const ready = editor.openImage(open('next'));
    await expect.poll(() => editor.records().length).toBe(1);
    expect(editor.image.value.status).toBe('loading');
    decode({ levels: [] });
    await ready;
    expect(editor.image.value).toMatchObject({ status: 'ready', source: { setId: 'next' } });
  });

  it('says that the picture failed, shows nothing then, and loads again when asked again', async () => {
    let failure: Error | null = null;
    const load = async (): Promise<Picture> => {
      if (failure !== null) throw failure;
      return { levels: [] };
    };
    const editor = await TestEditor.open({ server: one(), pictures: load });
    failure = new Error('not a picture');
    await editor.openImage(open('next'));
    expect(editor.image.value).toMatchObject({ status: 'failed', what: 'picture', message: 'not a picture' });
    expect(editor.records()).toEqual([]);
    failure = null;
    await editor.openImage(open('next'));
    expect(editor.image.value.status).toBe('ready');
    expect(editor.records().length).toBe(1);
  });

  it('says what failed, and loads again when asked again', async () => {
    const network = new Network();
    const editor = await TestEditor.open({ server: one(), network });
    network.failure = 'offline';
    await editor.openImage(open('x'));
    expect(editor.image.value).toMatchObject({ status: 'failed', what: 'annotations', message: 'offline' });
    expect(editor.records()).toEqual([]);
    network.failure = null;
    await editor.openImage(open('x'));
    expect(editor.image.value.status).toBe('ready');
  });
});
