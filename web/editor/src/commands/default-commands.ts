import type { Editor } from '../api.ts';
import type { EditorRecord } from '../model/annotation.ts';
import { classKeys } from '../model/ontology.ts';
import type { EditorState } from '../state.ts';
import { allTools } from '../tools/all-tools.ts';
import { isOffered } from '../tools/tool.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import { assistCommands } from './assist-commands.ts';
import { maskCommands } from './mask-commands.ts';
import { type Command, command } from './registry.ts';
import { shapeCommands } from './shape-commands.ts';
import { viewCommands } from './view-commands.ts';

export type CommandParts = {
  readonly editor: Editor;
  readonly state: EditorState;
  readonly toolbox: Toolbox;
};

const always = () => true;
const isObject = ({ shape }: EditorRecord) => shape.kind !== 'tag';

/** The editor's own commands, with the keys they have unless a person chooses others. */
export function defaultCommands(parts: CommandParts): readonly Command[] {
  return [
    ...toolCommands(parts),
    ...drawingCommands(parts),
    ...editCommands(parts),
    ...shapeCommands(parts),
    ...assistCommands(parts),
    ...maskCommands(parts),
    ...viewCommands(parts),
  ];
}

/** One command per living class: gives it to the selection, otherwise makes it the class of the next drawing. */
export function classCommands({ editor, state }: CommandParts): readonly Command[] {
  const ontology = state.ontology.value;
  const keys = classKeys(ontology);
  return ontology.classes
    .filter((c) => !c.retired)
    .map((c) => {
      const key = keys.get(c.id);
      return command('Classes', `class.${c.id}`, c.name, key === undefined ? [] : [key], {
        enabled: () => state.editable !== null,
        run: () => {
          const selected = state.selection.value;
          if (selected.length > 0) editor.actions.setClass(selected, c.id);
          else if (c.shapes.length > 0 && c.shapes.every((kind) => kind === 'tag')) editor.actions.toggleTag(c.id);
          else editor.setCurrentClass(c.id);
        },
      });
    });
}

function toolCommands({ editor, state }: CommandParts): readonly Command[] {
  return allTools.map((tool) => {
    const { id, title, key, edits } = tool;
    return command('Tools', `tool.${id}`, title, [key], {
      enabled: () => (!edits || state.editable !== null) && isOffered(tool, state.ontology.value),
      run: () => editor.setTool(id),
    });
  });
}

function drawingCommands({ editor, state, toolbox }: CommandParts): readonly Command[] {
  return [
    command('Tools', 'tool.finish', 'Finish drawing; type the text of what is drawn', ['Enter'], {
      enabled: () => state.busy.value || (state.editable !== null && editor.text.target !== null),
      run: () => {
        if (state.busy.value) toolbox.finish();
        else editor.text.type(editor.text.target);
      },
    }),
    command('Objects', 'relation.make', 'Relate the first selected to the others', ['Alt+J'], {
      enabled: () => state.editable !== null && !state.busy.value && state.selection.value.length > 1,
      run: () => {
        const [subject = '', ...objects] = state.selection.value;
        for (const object of objects) editor.relations.relate(subject, object);
      },
    }),
    command('Objects', 'text.number', 'Number texts as they are read', ['Alt+W'], {
      enabled: () => state.editable !== null && !state.busy.value,
      run: () => editor.text.number(),
    }),
    command('Tools', 'tool.cancel', 'One step back', ['Escape'], {
      enabled: always,
      run: () => {
        if (toolbox.cancel()) return;
        if (state.activeVertices.value.length > 0) state.activeVertices.set([]);
        else if (state.selection.value.length > 0) editor.select([]);
        else if (state.tool.value !== 'select') editor.setTool('select');
        else if (state.view.value.isolated !== null) editor.setView({ isolated: null });
      },
    }),
    command('Tools', 'tool.stepBack', 'Take back the last vertex', ['Backspace'], {
      enabled: () => state.busy.value || state.activeVertices.value.length > 0 || state.selection.value.length > 0,
      run: () => {
        if (!toolbox.stepBack()) editor.actions.remove(state.selection.value);
      },
    }),
  ];
}

function editCommands({ editor, state, toolbox }: CommandParts): readonly Command[] {
  const { actions } = editor;
  const selected = () => state.selection.value;
  const isIdle = () => state.editable !== null && !state.busy.value;
  const hasSelection = () => isIdle() && selected().length > 0;
  const allIgnored = () => state.records(selected()).every((record) => record.ignore);
  const nudge = (key: string, title: string, x: number, y: number) =>
    [1, 10].map((step) =>
      command(
        'Objects',
        `object.nudge.${key}.${step}`,
        `Move ${title} ${step} px`,
        [`${step > 1 ? 'Shift+' : ''}Arrow${key}`],
        {
          enabled: hasSelection,
          run: (repeated) => actions.nudge(selected(), x * step, y * step, repeated),
        },
      ),
    );
  return [
    command('Edit', 'edit.undo', 'Undo', ['Ctrl+Z'], {
      enabled: () => isIdle() && state.history.value.undo !== null,
      run: () => actions.undo(),
    }),
    command('Edit', 'edit.redo', 'Redo', ['Ctrl+Shift+Z', 'Ctrl+Y'], {
      enabled: () => isIdle() && state.history.value.redo !== null,
      run: () => actions.redo(),
    }),
    command('Edit', 'edit.copy', 'Copy', ['Ctrl+C'], {
      enabled: () => selected().length > 0,
      run: () => actions.copy(selected()),
    }),
    command('Edit', 'edit.paste', 'Paste', ['Ctrl+V'], {
      enabled: () => isIdle() && actions.canPaste,
      run: () => actions.paste(),
    }),
    command('Edit', 'edit.duplicate', 'Duplicate', ['Ctrl+D'], {
      enabled: hasSelection,
      run: () => actions.duplicate(selected()),
    }),
    command('Edit', 'edit.selectAll', 'Select all', ['Ctrl+A'], {
      enabled: () => state.session !== null && !state.busy.value,
      run: () => {
        const reachable = state.annotations.value.list().filter((r) => isObject(r) && state.isReachable(r));
        editor.select(reachable.map(({ id }) => id));
        if (state.part.value !== null) state.notify('Selected what is loaded: what is in view and around it.', 'info');
      },
    }),
    command('Objects', 'object.delete', 'Delete', ['Delete'], {
      enabled: hasSelection,
      run: () => {
        if (!toolbox.stepBack()) actions.remove(selected());
      },
    }),
    command('Classes', 'class.before', 'Class used before', ['Shift+R'], {
      enabled: () => state.editable !== null && state.previousClass !== null,
      run: () => {
        if (state.previousClass !== null) editor.setCurrentClass(state.previousClass);
      },
    }),
    command('Classes', 'class.repeat', 'Give the class in hand', ['Shift+C'], {
      enabled: () => hasSelection() && state.currentClass.value !== null,
      run: () => actions.setClass(selected(), state.currentClass.value ?? ''),
    }),
    command('Objects', 'object.ignore', 'Ignore in measures', ['I'], {
      enabled: hasSelection,
      run: () => actions.setIgnore(selected(), !allIgnored()),
    }),
    command('Objects', 'object.front', 'Bring to front', ['Ctrl+]'], {
      enabled: hasSelection,
      run: () => actions.moveInOrder(selected(), 'front'),
    }),
    command('Objects', 'object.forward', 'Bring forward', [']'], {
      enabled: hasSelection,
      run: () => actions.moveInOrder(selected(), 'forward'),
    }),
    command('Objects', 'object.backward', 'Send backward', ['['], {
      enabled: hasSelection,
      run: () => actions.moveInOrder(selected(), 'backward'),
    }),
    command('Objects', 'object.back', 'Send to back', ['Ctrl+['], {
      enabled: hasSelection,
      run: () => actions.moveInOrder(selected(), 'back'),
    }),
    ...nudge('Left', 'left', -1, 0),
    ...nudge('Right', 'right', 1, 0),
    ...nudge('Up', 'up', 0, -1),
    ...nudge('Down', 'down', 0, 1),
    command('Image', 'image.verifiedEmpty', 'Verified empty', ['Shift+E'], {
      enabled: () => isIdle() && state.part.value === null && !state.annotations.value.list().some(isObject),
      run: () => actions.setOutcome({ outcome: 'verifiedEmpty', reason: null }),
    }),
    command('Image', 'image.labelled', 'Labelled', ['Shift+L'], {
      enabled: isIdle,
      run: () => actions.setOutcome({ outcome: 'labelled', reason: null }),
    }),
  ];
}
