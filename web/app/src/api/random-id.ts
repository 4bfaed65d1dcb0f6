/** 128 random bits as hex. `crypto.randomUUID` needs a secure context, which plain HTTP on a LAN is not. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
