import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

/**
 * A dialog that is open as long as it is mounted. When it goes, whoever opened it with the keyboard is back where they were;
 * after a mouse click the keys stay with the page.
 */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const [opener] = useState(keyboardFocus);
  useEffect(() => {
    return () => {
      setTimeout(() => {
        if (document.activeElement === document.body) opener?.focus();
      });
    };
  }, [opener]);
  return <Modal opened {...props} />;
}

/** What has the focus by keyboard; in a menu, which goes away, the button that opened it. */
function keyboardFocus(): HTMLElement | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !focused.matches(':focus-visible')) return null;
  const menu = focused.closest('[role="menu"]');
  return menu === null ? focused : document.querySelector<HTMLElement>(`[aria-controls="${menu.id}"]`);
}
