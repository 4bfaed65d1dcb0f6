import { useLocalStorage } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import { atLeast } from '../api/roles.ts';
import type { Me, Project } from '../api/types.ts';
import { StatusBar } from './bars/StatusBar.tsx';
import { ToolStrip } from './bars/ToolStrip.tsx';
import { TopBar } from './bars/TopBar.tsx';
import { Canvas } from './canvas/Canvas.tsx';
import styles from './Editor.module.css';
import { useEditorSession } from './EditorContext.tsx';
import { FindingsWatch } from './findings/FindingsWatch.tsx';
import { AddExampleDialog } from './guide/AddExampleDialog.tsx';
import { ClassGuide } from './guide/ClassGuide.tsx';
import { keepKeys, leaveSwitch } from './keep-keys.ts';
import { ClassifyBar } from './modes/ClassifyBar.tsx';
import { RelationBar } from './modes/RelationBar.tsx';
import { useMode } from './modes/use-mode.ts';
import { VerifyBar } from './modes/VerifyBar.tsx';
import { classSearchId } from './panels/ClassesPanel.tsx';
import type { DetailsTab } from './panels/DetailsPanel.tsx';
import { SidePanels } from './panels/SidePanels.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { UnusableDialog } from './UnusableDialog.tsx';
import { useEditorCommands } from './use-editor-commands.ts';
import type { useEditorScheme } from './use-editor-scheme.ts';
import type { usePlace } from './use-place.ts';
import { usePresence } from './use-presence.ts';
import { useSubmit } from './use-submit.ts';

export interface EditorFrameProps {
  readonly project: Project | undefined;
  readonly place: ReturnType<typeof usePlace>;
  readonly me: Me | null;
  readonly scheme: ReturnType<typeof useEditorScheme>;
}

/** The editor's window: bar, tools, picture, panels, status. */
export function EditorFrame({ project, place, me, scheme }: EditorFrameProps) {
  const { image } = useEditorSession();
  const [panels, setPanels] = useLocalStorage({
    key: 'plumbline-editor-panels-shown',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [leftHanded, setLeftHanded] = useLocalStorage({
    key: 'plumbline-editor-left-handed',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [guide, setGuide] = useLocalStorage({
    key: 'plumbline-editor-guide-shown',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const mayGuide = project !== undefined && atLeast(project.role, 'manager');
  const [tab, setTab] = useState<DetailsTab>('attributes');
  const [dialog, setDialog] = useState<'shortcuts' | 'unusable' | 'example' | null>(null);
  const people = usePresence(image.id, me);
  const showAttributes = useCallback(() => {
    setPanels(true);
    setTab('attributes');
  }, [setPanels]);
  const [mode, switchMode] = useMode();
  const showFindings = useCallback(() => {
    setPanels(true);
    setTab('findings');
  }, [setPanels]);
  const submit = useSubmit(place.neighbours.next[0], showAttributes);
  const showShortcuts = useCallback(() => setDialog('shortcuts'), []);
  const markUnusable = useCallback(() => setDialog('unusable'), []);
  const addExample = useCallback(() => setDialog('example'), []);
  const toggleGuide = useCallback(() => setGuide((shown) => !shown), [setGuide]);
  const close = () => setDialog(null);
  const togglePanels = useCallback(() => setPanels((shown) => !shown), [setPanels]);
  const toggleLeftHanded = useCallback(() => setLeftHanded((on) => !on), [setLeftHanded]);
  const searchClasses = useCallback(() => {
    setPanels(true);
    // The panel may have to appear first.
    setTimeout(() => document.getElementById(classSearchId)?.focus());
  }, [setPanels]);
  useEditorCommands({
    neighbours: place.neighbours,
    submit,
    showShortcuts,
    togglePanels,
    searchClasses,
    markUnusable,
    switchMode,
    toggleLeftHanded,
    toggleGuide,
    addExample: mayGuide ? addExample : null,
  });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only decides where the focus goes
    <div className={styles.frame} onMouseDown={keepKeys} onClick={leaveSwitch}>
      <TopBar
        project={project}
        neighbours={place.neighbours}
        people={people}
        submit={submit}
        onUnusable={markUnusable}
        mode={mode}
        onMode={switchMode}
      />
      <div className={styles.middle} data-left-handed={leftHanded || undefined}>
        <ToolStrip onShortcuts={showShortcuts} />
        <Canvas>
          {mode === 'draw' && <RelationBar />}
          {mode === 'classify' && <ClassifyBar submit={submit} />}
          {mode === 'verify' && <VerifyBar submit={submit} />}
        </Canvas>
        {guide && <ClassGuide mayChange={mayGuide} onAdd={addExample} onClose={toggleGuide} />}
        {panels && <SidePanels detail={place.detail} tab={tab} onTab={setTab} leftHanded={leftHanded} />}
      </div>
      <FindingsWatch onShow={showFindings} />
      <StatusBar followsTheme={scheme.follows} onFollowTheme={scheme.setFollows} onFindings={showFindings} />
      {dialog === 'shortcuts' && <ShortcutSheet onClose={close} />}
      {dialog === 'example' && <AddExampleDialog onClose={close} />}
      {dialog === 'unusable' && <UnusableDialog submit={submit} onClose={close} />}
    </div>
  );
}
