import { SegmentedControl } from '@mantine/core';
import { isTaggable } from '@plumbline/editor';
import { useEditorSession } from '../EditorContext.tsx';
import { type EditorMode, editorModes } from './use-mode.ts';

const titles: Readonly<Record<EditorMode, string>> = { draw: 'Draw', classify: 'Classify', verify: 'Verify' };

export interface ModeSwitchProps {
  readonly mode: EditorMode;
  readonly onChange: (mode: EditorMode) => void;
}

/** What the keys are for. Classifying is offered where the ontology has tags. */
export function ModeSwitch({ mode, onChange }: ModeSwitchProps) {
  const { ontology } = useEditorSession();
  const offered = editorModes.filter((m) => m !== 'classify' || m === mode || ontology.classes.some(isTaggable));
  return (
    <SegmentedControl
      size="xs"
      aria-label="What the keys are for"
      data={offered.map((value) => ({ value, label: titles[value] }))}
      value={mode}
      onChange={onChange}
    />
  );
}
