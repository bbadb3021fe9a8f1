import { useState, type ChangeEvent, type FormEvent, type KeyboardEvent } from "react";
import type { GivenFile } from "./server";

interface Props {
  label: string;
  /** Whether the bot may be called here; it is called by default where `mention` says so. */
  canMention: boolean;
  mention: boolean;
  onSend: (text: string, mention: boolean, file?: GivenFile) => Promise<unknown>;
  /** What else the platform offers where one writes. */
  extras?: { label: string; onPick: () => void }[];
}

/** Where people type. Enter sends, Shift+Enter starts a new line. */
export function Composer({ label, canMention, mention, onSend, extras = [] }: Props) {
  const [text, setText] = useState("");
  const [calling, setCalling] = useState(mention);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!text.trim()) return;
    setText("");
    onSend(text.trim(), canMention && calling && !text.startsWith("/")).catch(() => setText(text));
  };

  const sendFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0];
    event.target.value = "";
    if (!chosen) return;
    const file = { name: chosen.name, text: await chosen.text() };
    const said = text.trim();
    setText("");
    await onSend(said, canMention && calling, file).catch(() => undefined);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };

  return (
    <form className="composer" onSubmit={send}>
      <textarea
        rows={Math.min(6, text.split("\n").length)}
        value={text}
        aria-label={label}
        placeholder={label}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-tools">
        {canMention && (
          <button type="button" className="chip" aria-pressed={calling} onClick={() => setCalling(!calling)}>
            @Advisor
          </button>
        )}
        <label className="chip file-chip">
          Send a file
          <input type="file" accept=".csv,.tsv,.txt,text/*" onChange={(event) => void sendFile(event)} />
        </label>
        {extras.map((extra) => (
          <button key={extra.label} type="button" className="chip" onClick={extra.onPick}>
            {extra.label}
          </button>
        ))}
        <button type="submit" className="send" disabled={!text.trim()} aria-label="Send">
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <path fill="currentColor" d="M1.5 1.8 15 8 1.5 14.2l1.2-5L9 8 2.7 6.8z" />
          </svg>
        </button>
      </div>
    </form>
  );
}
