import { useEffect, useLayoutEffect, useRef, type ReactNode } from "react";
import type { Message } from "./types";

interface Props {
  label: string;
  messages: Message[];
  /** Those of them that are rendered here; the others are rendered within them. */
  shown?: Message[];
  render: (message: Message) => ReactNode;
  /** What is shown where nobody has written yet. */
  empty: ReactNode;
}

/** A list of messages that follows what happens: the newest or just edited one comes into view, its beginning first. */
export function Messages({ label, messages, shown = messages, render, empty }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const known = useRef<Map<string, number> | null>(null);
  const focused = useRef<string | null>(null);

  useLayoutEffect(() => {
    const box = list.current;
    const changed = messages.filter((message) => known.current?.get(message.id) !== message.version).at(-1);
    if (box && changed) {
      const item = box.querySelector<HTMLElement>(`[data-message="${CSS.escape(changed.id)}"]`);
      const tall = item && item.offsetHeight > box.clientHeight;
      if (known.current === null || (changed === messages.at(-1) && !tall)) box.scrollTop = box.scrollHeight;
      else item?.scrollIntoView({ block: tall ? "start" : "nearest" });
    }
    known.current = new Map(messages.map((message) => [message.id, message.version]));
  });

  // An edit takes away the button that was pressed; whoever uses the keyboard goes on at the same message.
  useEffect(() => {
    if (focused.current === null || document.activeElement !== document.body) return;
    const item = list.current?.querySelector(`[data-message="${CSS.escape(focused.current)}"]`);
    item?.querySelector<HTMLElement>(".slack-actions button, .ac-pushButton")?.focus({ preventScroll: true });
  });

  return (
    <div
      ref={list}
      className="messages"
      role="log"
      aria-label={label}
      tabIndex={0}
      onFocus={(event) => {
        focused.current = event.target.closest("[data-message]")?.getAttribute("data-message") ?? null;
      }}
    >
      {messages.length === 0 && empty}
      {shown.map((message) => (
        <div key={message.id} data-message={message.id}>
          {render(message)}
        </div>
      ))}
    </div>
  );
}
