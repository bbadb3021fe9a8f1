import { useState, type ReactNode } from "react";
import { Avatar } from "./Avatar";
import { FileBox } from "./FileBox";
import { TeamsCard } from "./TeamsCard";
import { clock } from "./text";
import { Thumb } from "./Thumb";
import type { Json, Message } from "./types";

interface Props {
  message: Message;
  author: string;
  /** The person who looks. */
  who: string;
  /** As in a channel, where one's own messages stand like everybody's. */
  inPost: boolean;
  onPress: (action: Json) => void;
  onSubmit: (data: Json) => void;
  onFile: (accept: boolean) => void;
  tools: ReactNode;
}

/** A message as Teams shows it in a chat: one's own to the right. */
export function TeamsMessage({ message, author, who, inPost, onPress, onSubmit, onFile, tools }: Props) {
  const card = message.own?.[who] ?? (message.content as Json | null);
  const own = message.author === who && !inPost;
  return (
    <article className={`teams-message ${own ? "own" : ""}`} aria-label={`${author}, ${clock(message.at)}`}>
      {!own && <Avatar who={message.author} name={author} size={32} />}
      <div className="teams-body">
        <header>
          {!own && <strong>{author}</strong>}
          <time>{clock(message.at)}</time>
          {message.only && <span className="only-you">Only you can see this</span>}
        </header>
        {card && <TeamsCard card={card} onPress={onPress} onSubmit={onSubmit} />}
        {!card && !(message.file && message.author === "bot") && (
          <p className="teams-text">{mentioned(message.text)}</p>
        )}
        {message.file && <FileBox file={message.file} onAnswer={onFile} />}
        {asksFeedback(message) && <Thumbs onSend={onPress} />}
      </div>
      {tools}
    </article>
  );
}

function asksFeedback(message: Message): boolean {
  return Boolean((message.json?.["channelData"] as Json | undefined)?.["feedbackLoop"]);
}

/** The thumbs that Teams itself shows below a message, and its question after one of them. */
function Thumbs({ onSend }: { onSend: (action: Json) => void }) {
  const [up, setUp] = useState<boolean | null>(null);
  const [text, setText] = useState("");
  const [sent, setSent] = useState(false);
  if (sent) return <p className="thanks">Thank you for your feedback.</p>;
  return (
    <div className="thumbs">
      {[true, false].map((thumb) => (
        <button
          key={String(thumb)}
          type="button"
          className="thumb"
          aria-label={thumb ? "Like" : "Dislike"}
          aria-pressed={up === thumb}
          data-button={thumb ? "feedback:up" : "feedback:down"}
          onClick={() => setUp(thumb)}
        >
          <Thumb up={thumb} />
        </button>
      ))}
      {up !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setSent(true);
            onSend({ type: "feedback", up, text });
          }}
        >
          <input
            aria-label={up ? "What did you like?" : "What didn’t you like?"}
            placeholder={up ? "What did you like?" : "What didn’t you like?"}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit">Submit</button>
        </form>
      )}
    </div>
  );
}

function mentioned(text: string): ReactNode {
  const name = "@Advisor";
  if (!text.startsWith(name)) return text;
  return (
    <>
      <span className="mention">Advisor</span>
      {text.slice(name.length)}
    </>
  );
}
