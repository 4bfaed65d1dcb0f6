import { describe, expect, it } from 'vitest';
import type { AttributeDefinition, LabelClass, Ontology } from '../src/model/ontology.ts';
import { inReadingOrder, isRightToLeft, textIds, textOf } from '../src/model/text.ts';
import { FakeServer } from './fake-server.ts';
import { box, TestEditor, testOntology, wire } from './test-editor.ts';

const attribute = (id: string, name: string, kind: AttributeDefinition['kind']): AttributeDefinition => ({
  id,
  name,
  kind,
  required: false,
  options: [],
  minimum: null,
  maximum: null,
  condition: null,
  immutable: false,
});

const attributes = [
  attribute('t', 'Transcription', 'text'),
  attribute('l', 'language', 'text'),
  attribute('o', 'reading order', 'number'),
  attribute('i', 'illegible', 'boolean'),
];

const word: LabelClass = { ...(testOntology.classes[0] as LabelClass), id: 'word', name: 'Word', attributes };
const ontology: Ontology = { ...testOntology, classes: [...testOntology.classes, word] };

const text = (id: string, x: number, y: number, transcription = '') =>
  wire(id, box(x, y, 10, 10), { classId: 'word', attributes: transcription === '' ? {} : { t: transcription } });

async function open(...texts: readonly ReturnType<typeof text>[]): Promise<TestEditor> {
  const editor = await TestEditor.open({ server: new FakeServer('set', texts) });
  editor.setOntology(ontology);
  return editor;
}

const attributesOf = (editor: TestEditor, id: string) => editor.annotations.value.get(id)?.attributes;
const typed = (transcription: string, illegible = false) => ({ transcription, language: '', illegible });

describe('The text tool', () => {
  it('draws a box of the first class that has a transcription, which is typed at once', async () => {
    const editor = await open();
    editor.key('T');
    editor.drag([
      [20, 20],
      [50, 30],
    ]);
    const [record] = editor.records();
    expect([record?.classId, editor.typing.value, editor.selection.value]).toEqual(['word', record?.id, [record?.id]]);
    editor.text.set(record?.id ?? '', typed(' hello '));
    editor.text.type(null);
    expect(editor.records()[0]?.attributes).toEqual({ t: 'hello', o: 1 });
    editor.actions.undo();
    editor.actions.undo();
    expect([editor.records(), editor.history.value.undo, editor.typing.value]).toEqual([[], null, null]);
  });

  it('leaves no trace when cancelled', async () => {
    const editor = await open();
    editor.key('T');
    editor.press([20, 20]);
    editor.move([40, 40]);
    editor.key('Escape');
    expect([editor.records(), editor.preview.value, editor.typing.value, editor.history.value.undo]).toEqual([
      [],
      null,
      null,
      null,
    ]);
  });

  it('is not there where no class is text', async () => {
    const editor = await TestEditor.open();
    expect([editor.key('T'), editor.tool.value]).toEqual([false, 'select']);
  });
});

describe('Text', () => {
  it('of any shape is typed by Enter: of what is selected, otherwise of what was drawn last', async () => {
    const editor = await open(text('a', 10, 10), text('b', 30, 10));
    editor.key('Enter');
    expect([editor.typing.value, editor.selection.value]).toEqual(['b', ['b']]);
    editor.select(['a']);
    expect(editor.typing.value).toBeNull();
    editor.key('Enter');
    expect(editor.typing.value).toBe('a');
  });

  it('gets the next place in the reading order when it is written, and keeps it', async () => {
    const editor = await open(text('a', 10, 10), text('b', 30, 10));
    editor.text.set('b', typed('two'));
    editor.text.set('a', typed('', true));
    editor.text.set('b', { ...typed('2'), language: 'en' });
    expect([attributesOf(editor, 'a'), attributesOf(editor, 'b')]).toEqual([
      { i: true, o: 2 },
      { t: '2', l: 'en', o: 1 },
    ]);
    editor.text.set('b', typed(''));
    expect(attributesOf(editor, 'b')).toEqual({ o: 1 });
  });

  it('says what is known, with its place', () => {
    const ids = textIds(word);
    if (ids === null) throw new Error('no text');
    expect(textOf({ attributes: { t: 'שלום', o: 3 } }, ids)).toBe('3 · שלום');
    expect(textOf({ attributes: { t: 'x', i: true } }, ids)).toBe('illegible');
    expect(textOf({ attributes: { o: 3 } }, ids)).toBeNull();
  });

  it('runs the way of its first letter', () => {
    expect(['שלום', '12 مرحبا', '"ܫ"'].map(isRightToLeft)).toEqual([true, true, true]);
    expect(['hello שלום', '12', '', 'Привет', '日本'].map(isRightToLeft)).toEqual([false, false, false, false, false]);
  });
});

describe('The reading order', () => {
  const order = (...texts: readonly ReturnType<typeof text>[]) =>
    inReadingOrder(texts, ({ attributes: values }) => String(values.t ?? '')).map(({ id }) => id);

  it('goes line by line, also where a line is not quite level', () => {
    expect(order(text('d', 60, 33), text('b', 40, 14), text('c', 10, 30), text('a', 10, 10))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it('goes from the right where the line is written so', () => {
    expect(order(text('a', 10, 10, 'שלום'), text('b', 40, 10, 'עולם'), text('c', 70, 10, '3'))).toEqual([
      'c',
      'b',
      'a',
    ]);
  });

  it('is numbered in one step', async () => {
    const editor = await open(text('b', 40, 10, 'y'), text('a', 10, 10, 'x'));
    editor.key('Alt+W');
    expect([attributesOf(editor, 'a')?.o, attributesOf(editor, 'b')?.o]).toEqual([1, 2]);
    editor.actions.undo();
    expect([attributesOf(editor, 'a')?.o, editor.history.value.undo]).toEqual([undefined, null]);
  });
});
