import { ActionIcon, Button, Group, Kbd, Tooltip } from '@mantine/core';
import { type Editor, startWorkers } from '@plumbline/editor';
import { IconCircle, IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { CommandPalette } from '../commands/CommandPalette.tsx';
import { ToolStrip } from '../editor/bars/ToolStrip.tsx';
import { Canvas } from '../editor/canvas/Canvas.tsx';
import { EditorContext, type EditorSession } from '../editor/EditorContext.tsx';
import { keepKeys, leaveSwitch } from '../editor/keep-keys.ts';
import { ShortcutSheet } from '../editor/ShortcutSheet.tsx';
import { useEditorMessages } from '../editor/use-editor-instance.ts';
import { useEditorScheme } from '../editor/use-editor-scheme.ts';
import { useOfferedCommands } from '../editor/use-offered-commands.ts';
import { Logo } from '../layout/Logo.tsx';
import { UserMenu } from '../layout/UserMenu.tsx';
import { type Exercise, exercises } from './exercises.ts';
import styles from './Practice.module.css';
import { practiceOntology } from './practice-ontology.ts';
import { ResultPanel } from './ResultPanel.tsx';
import { summaryOf, useOpenExercise, usePracticeEditor } from './use-practice-editor.ts';

// While this page is being built.
startWorkers();

/** Exercises with the real editor on pictures whose truth is known. Nothing is kept. */
export function PracticePage() {
  const editor = usePracticeEditor();
  useEditorScheme();
  useEditorMessages(editor);
  return (
    <>
      <title>Practice · Plumbline</title>
      {editor === null ? <div className={styles.frame} aria-busy="true" /> : <Practice editor={editor} />}
      <CommandPalette />
    </>
  );
}

function Practice({ editor }: { readonly editor: Editor }) {
  const [at, setAt] = useState(0);
  const [attempt, setAttempt] = useState(1);
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set());
  const [sheet, setSheet] = useState(false);
  const exercise = exercises[at] as Exercise;
  useOpenExercise(editor, exercise, attempt);
  useOfferedCommands(editor);

  const begin = useCallback((index: number) => {
    setAt(index);
    setAttempt((n) => n + 1);
  }, []);
  const onPassed = useCallback(() => setPassed((all) => new Set(all).add(exercise.id)), [exercise]);
  const showKeys = useCallback(() => setSheet(true), []);
  useEffect(() => {
    const again = () => begin(at);
    const command = (id: string, title: string, keys: readonly string[], run: () => void) => {
      return { id, title, group: 'App' as const, keys, enabled: () => true, run };
    };
    return editor.commands.register(
      command('practice.again', 'Begin the exercise again', [], again),
      command('app.shortcuts', 'All keys', ['?'], showKeys),
    );
  }, [editor, at, begin, showKeys]);

  const session = useMemo((): EditorSession => {
    const image = summaryOf(exercise, attempt);
    return { editor, projectId: 'practice', image, ontology: practiceOntology, readOnlyReason: null, go: () => {} };
  }, [editor, exercise, attempt]);
  const next = at + 1;
  return (
    <EditorContext value={session}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only decides where the focus goes */}
      <div className={styles.frame} onMouseDown={keepKeys} onClick={leaveSwitch}>
        <header className={styles.top}>
          <Link to="/projects" aria-label="Plumbline, all projects">
            <Logo size={20} />
          </Link>
          <h1 className={styles.title}>Practice</h1>
          <span style={{ flex: 1 }} />
          <UserMenu />
        </header>
        <div className={styles.middle}>
          <ToolStrip onShortcuts={showKeys} />
          <Canvas>{null}</Canvas>
          <aside className={styles.side} aria-label="Exercise">
            <h2 className={styles.heading}>{exercise.title}</h2>
            <p className={styles.task}>{exercise.task}</p>
            <dl className={styles.keys}>
              {exercise.keys.flatMap(([key, what]) => [
                <dt key={key}>
                  <Kbd size="xs">{key}</Kbd>
                </dt>,
                <dd key={`${key} does`}>{what}</dd>,
              ])}
            </dl>
            <ResultPanel editor={editor} exercise={exercise} onPassed={onPassed} />
            <Group gap="xs">
              {next < exercises.length ? (
                <Button size="xs" variant={passed.has(exercise.id) ? 'filled' : 'default'} onClick={() => begin(next)}>
                  Next exercise
                </Button>
              ) : (
                <Button size="xs" component={Link} to="/projects" variant="default">
                  To the projects
                </Button>
              )}
              <Tooltip label="Begin it again">
                <ActionIcon size={30} variant="default" aria-label="Begin it again" onClick={() => begin(at)}>
                  <IconRefresh size={16} />
                </ActionIcon>
              </Tooltip>
            </Group>
            <nav aria-label="All exercises">
              <ol className={styles.list}>
                {exercises.map(({ id, title }, i) => (
                  <li key={id}>
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      justify="flex-start"
                      aria-current={i === at ? 'step' : undefined}
                      leftSection={
                        passed.has(id) ? (
                          <IconCircleCheck size={16} className={styles.sign} role="img" aria-label="Done:" />
                        ) : (
                          <IconCircle size={16} aria-hidden />
                        )
                      }
                      onClick={() => begin(i)}
                    >
                      {title}
                    </Button>
                  </li>
                ))}
              </ol>
            </nav>
          </aside>
        </div>
        {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
      </div>
    </EditorContext>
  );
}
