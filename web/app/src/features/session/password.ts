export const minimumPasswordLength = 10;

/** What stands against this password, or null. The server has the last word. */
export function passwordComplaint(password: string, repeated: string): string | null {
  if (password.length < minimumPasswordLength) return `Use at least ${minimumPasswordLength} characters`;
  if (password !== repeated) return 'The two passwords differ';
  return null;
}
