import { useEffect, useState } from "react";
import { Modal } from "./Modal";
import type { ActResult, Found, Json } from "./types";

interface Props {
  onAsk: (text: string) => Promise<ActResult>;
  onInsert: (card: Json) => void;
  onClose: () => void;
}

const PAUSE = 300;

/** The search of the message extension: finds while one types, and a click inserts the card. */
export function TeamsAsk({ onAsk, onInsert, onClose }: Props) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found[]>([]);
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(
      () =>
        void onAsk(text.trim()).then(
          (result) => {
            setFound(result.found);
            setTold(result.told);
          },
          () => undefined,
        ),
      text ? PAUSE : 0,
    );
    return () => clearTimeout(timer);
    // The question alone asks anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);
  return (
    <Modal title="Ask" onClose={onClose}>
      <div className="modal-body">
        <input
          className="search"
          aria-label="Question"
          placeholder="What do you want to know?"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <ul className="found" aria-label="Answers">
          {found.map((one) => (
            <li key={one.title}>
              <button type="button" onClick={() => onInsert(one.card)}>
                <strong>{one.title}</strong>
                <span>{one.text}</span>
              </button>
            </li>
          ))}
        </ul>
        {told && <p role="status">{told}</p>}
      </div>
    </Modal>
  );
}
