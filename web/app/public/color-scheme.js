// Runs before the first paint, so that a dark page never flashes white. Mantine owns the key and the attribute.
(() => {
  let choice = 'auto';
  try {
    choice = localStorage.getItem('plumbline-color-scheme') ?? 'auto';
  } catch {
    // Storage may be blocked by the browser's settings; the system's scheme is then the answer.
  }
  const dark = choice === 'dark' || (choice === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
