import { keyNames } from '../commands/keymap.ts';
import type { CommandRegistry } from '../commands/registry.ts';
import type { PointerInput } from './pointer-input.ts';

/**
 * Keys of the whole page, except where a person types or a dialog is open. Tab is never taken.
 * Space pans while it is held; only tapped, it runs its command.
 */
export class KeyboardInput {
  readonly #commands: CommandRegistry;
  readonly #pointer: PointerInput;
  readonly #listening = new AbortController();

  constructor(page: Document, commands: CommandRegistry, pointer: PointerInput) {
    this.#commands = commands;
    this.#pointer = pointer;
    const options = { signal: this.#listening.signal };
    page.addEventListener('keydown', (event) => this.#down(event), options);
    page.addEventListener('keyup', (event) => this.#up(event), options);
    page.defaultView?.addEventListener('blur', () => this.#release(), options);
  }

  dispose(): void {
    this.#listening.abort();
  }

  #down(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.key === 'Tab' || isTaken(event)) return;
    const keys = keyNames(event);
    if (keys[0] === 'Space') {
      event.preventDefault();
      this.#pointer.panHeld = true;
      return;
    }
    if (keys.some((key) => this.#commands.runKey(key, event.repeat))) event.preventDefault();
  }

  #up(event: KeyboardEvent): void {
    if (event.key !== ' ' || !this.#pointer.panHeld) return;
    const tapped = !this.#pointer.panned;
    this.#release();
    if (tapped && !isTaken(event)) this.#commands.runKey('Space');
  }

  #release(): void {
    this.#pointer.panHeld = false;
    this.#pointer.panned = false;
  }
}

/** Whether the focused element has its own use for the key. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, [contenteditable=""], [contenteditable="true"]') !== null) return true;
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null) return true;
  const activates = event.key === ' ' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey);
  return activates && target.closest('button, a[href], summary, [role="button"], [role="tab"]') !== null;
}
