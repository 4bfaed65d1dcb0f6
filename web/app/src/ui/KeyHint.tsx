import { Kbd } from '@mantine/core';

const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** Keys as this machine names them, from `Ctrl+K`. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <Kbd size="xs" aria-hidden>
      {apple ? keys.replace('Ctrl', '⌘').replace('+', '') : keys}
    </Kbd>
  );
}
