/** A thumb, drawn: not every machine has a font with one. */
export function Thumb({ up }: { up: boolean }) {
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" style={up ? undefined : { transform: "scaleY(-1)" }}>
      <path
        d="M7 11v9H4v-9zM10 20h7.2a2 2 0 0 0 1.9-1.5l1.6-6A2 2 0 0 0 18.8 10H14l.8-4.2A2 2 0 0 0 12.9 3.4L8.5 10.5V18.5A1.5 1.5 0 0 0 10 20z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinejoin="round"
      />
    </svg>
  );
}
