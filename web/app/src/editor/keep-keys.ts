import type { MouseEvent } from 'react';
import { keepsFocus } from './canvas/TextCard.tsx';

/** A click on a button leaves the keyboard with the picture; what is being typed somewhere counts first. */
export function keepKeys(event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest('button') === null) return;
  if (event.target.closest(`[${keepsFocus}]`) !== null) return;
  event.preventDefault();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** A switch or a tab that was clicked would go on hearing the keys that are meant for the picture. */
export function leaveSwitch(event: MouseEvent): void {
  const { activeElement } = document;
  const clicked = event.detail > 0 && activeElement instanceof HTMLInputElement;
  if (!clicked || activeElement.closest(`[${keepsFocus}]`) !== null) return;
  if (['radio', 'checkbox'].includes(activeElement.type)) activeElement.blur();
}
