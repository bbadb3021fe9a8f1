import { useEffect, useState } from "react";
import { stored } from "./server";
import type { Message, Size, Spot, Stored, TabName, Trouble } from "./types";

interface Props {
  message: Message | null;
  spot: Spot;
  tab: TabName;
  who: string;
  troubles: Trouble[];
  /** Changes with every message, so that the document is read anew. */
  beat: string;
  onClose: () => void;
}

/** What stands behind the surface: a message's JSON beside the platform's limits, and the stored conversation. */
export function Inspector({ message, spot, tab, who, troubles, beat, onClose }: Props) {
  const [kept, setKept] = useState<Stored | string | null>(null);
  const { room, thread } = spot;

  useEffect(() => {
    let wanted = true;
    const show = (found: Stored | string) => wanted && setKept(found);
    stored(who, tab, { room, thread }).then(show, (error: Error) => show(error.message));
    return () => {
      wanted = false;
    };
  }, [who, tab, room, thread, beat]);

  return (
    <aside className="inspector" aria-label="Inspector">
      <header>
        <h2>Inspector</h2>
        <button type="button" className="tool" aria-label="Close inspector" onClick={onClose}>
          ✕
        </button>
      </header>
      {troubles.length > 0 && (
        <section className="troubles">
          <h3>Problems</h3>
          <ul>
            {troubles.map(({ id, trouble }) => (
              <li key={id}>{trouble}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>Message</h3>
        {message?.json ? (
          <>
            {message.sizes.map((size) => (
              <Meter key={size.what} {...size} />
            ))}
            <pre tabIndex={0}>{JSON.stringify(message.json, null, 2)}</pre>
          </>
        ) : (
          <p className="hint">What the advisor posts appears here as it was sent.</p>
        )}
      </section>
      <section>
        <h3>Conversation</h3>
        <Document kept={kept} />
      </section>
    </aside>
  );
}

function Meter({ what, size, limit }: Size) {
  const share = Math.min(1, size / limit);
  return (
    <div className="meter">
      <span>{what}</span>
      <span>
        {size.toLocaleString("en")} <small>of {limit.toLocaleString("en")}</small>
      </span>
      <meter aria-label={what} value={share} low={0.6} high={0.85} optimum={0} />
    </div>
  );
}

function Document({ kept }: { kept: Stored | string | null }) {
  if (typeof kept === "string") return <p className="hint">{kept}</p>;
  if (!kept?.document) return <p className="hint">Nothing is stored for this place yet.</p>;
  const answers = Object.entries(kept.document.answers ?? {});
  return (
    <>
      <p className="hint">
        Revision {kept.revision}, delivered up to {kept.delivered}
      </p>
      {answers.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">Answer</th>
              <th scope="col">How</th>
            </tr>
          </thead>
          <tbody>
            {answers.map(([question, { option, how }]) => (
              <tr key={question}>
                <th scope="row">{question}</th>
                <td>{option}</td>
                <td>{how}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <pre tabIndex={0}>{JSON.stringify(kept.document, null, 2)}</pre>
    </>
  );
}
