/** Puts text on the clipboard; false when the browser refused. Works without a secure context. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Permission refused; the selection way below may still work.
    }
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('readonly', '');
  field.style.position = 'fixed';
  field.style.opacity = '0';
  const dialog = document.activeElement?.closest('[role="dialog"]') ?? document.body;
  dialog.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
