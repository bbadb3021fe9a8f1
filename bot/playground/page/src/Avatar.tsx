/** The advisor's mark, or a person's initial. Names stand beside it, so it says nothing to screen readers. */
export function Avatar({ who, name, size = 36 }: { who: string; name: string; size?: number }) {
  if (who === "bot")
    return (
      <svg className="avatar" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
        <rect width="36" height="36" fill="#14634f" />
        <g stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
          <path d="M9 12h18M9 18h18M9 24h18" opacity="0.55" />
        </g>
        <g fill="#fff">
          <circle cx="22" cy="12" r="3.4" />
          <circle cx="14" cy="18" r="3.4" />
          <circle cx="24" cy="24" r="3.4" />
        </g>
      </svg>
    );
  return (
    <span className={`avatar initial ${who}`} style={{ width: size, height: size, fontSize: size * 0.46 }} aria-hidden="true">
      {name.slice(0, 1)}
    </span>
  );
}
