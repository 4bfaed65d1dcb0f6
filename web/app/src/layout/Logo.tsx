/** The plumb bob. */
export function Logo({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="7" fill="#4c5fd5" />
      <path d="M16 4v13" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
      <path d="M11.5 16h9L16 27.5z" fill="#fff" />
    </svg>
  );
}
