/** Where to go after signing in: only addresses of this page, never another site's. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/projects';
}
