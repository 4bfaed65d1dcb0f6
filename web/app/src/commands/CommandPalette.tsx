import { Modal, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { KeyHint } from '../ui/KeyHint.tsx';
import { MiddleEllipsis } from '../ui/MiddleEllipsis.tsx';
import styles from './CommandPalette.module.css';
import { type Command, commandStore, openPalette } from './command-store.ts';
import { rank } from './match.ts';
import { useStandardCommands } from './standard-commands.ts';

/** `Ctrl+K`: any page, project, image, class, person or command by a few letters. */
export function CommandPalette() {
  const opened = useSyncExternalStore(commandStore.subscribe, commandStore.isOpen);
  useHotkeys([['mod+K', openPalette]], []);
  return (
    <Modal
      opened={opened}
      onClose={() => commandStore.setOpen(false)}
      withCloseButton={false}
      padding={0}
      size={600}
      yOffset="12vh"
      centered={false}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
    >
      <Palette />
    </Modal>
  );
}

function Palette() {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 150);
  const [chosen, setChosen] = useState(0);
  const offered = useSyncExternalStore(commandStore.subscribe, commandStore.commands);
  const { commands, found, searching } = useStandardCommands(search);
  const shown = [
    ...rank([...offered, ...commands], typed, (command) => `${command.label} ${command.hint ?? ''}`),
    ...found,
  ];
  const current = Math.min(chosen, Math.max(0, shown.length - 1));

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    commandStore.setOpen(false);
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setChosen((current + step + shown.length) % shown.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(shown[current]);
    }
  };
  return (
    <>
      <TextInput
        variant="unstyled"
        size="md"
        data-autofocus
        placeholder="Search pages, projects, images, classes, people or commands"
        aria-label="Search"
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={shown[current] && `palette-${shown[current].id}`}
        leftSection={<IconSearch size={18} />}
        className={styles.input}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
      />
      <Results commands={shown} current={current} onRun={run} />
      <VisuallyHidden role="status">{`${shown.length} results`}</VisuallyHidden>
      {shown.length === 0 && (
        <Text c="dimmed" size="sm" p="lg" ta="center">
          {searching ? 'Searching …' : `Nothing is called “${typed}”`}
        </Text>
      )}
    </>
  );
}

interface ResultsProps {
  readonly commands: readonly Command[];
  readonly current: number;
  readonly onRun: (command: Command) => void;
}

function Results({ commands, current, onRun }: ResultsProps) {
  const active = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ref moves to another row when `current` changes
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which would count as the effect's clean-up.
    active.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div className={styles.list} role="listbox" id="palette-list" aria-label="Results" tabIndex={-1}>
      {commands.map((command, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above handles the keys of its list
        // biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are never focused themselves
        <div
          key={command.id}
          id={`palette-${command.id}`}
          ref={index === current ? active : undefined}
          role="option"
          aria-selected={index === current}
          className={styles.row}
          onClick={() => onRun(command)}
        >
          {command.icon && <command.icon size={16} stroke={1.5} aria-hidden />}
          <span className={styles.label}>
            <MiddleEllipsis text={command.label} />
          </span>
          <span className={styles.hint}>{command.hint ?? command.group}</span>
          {command.keys && <KeyHint keys={command.keys} />}
        </div>
      ))}
    </div>
  );
}
