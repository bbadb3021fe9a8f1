import type { ReactNode } from "react";
import { Avatar } from "./Avatar";
import { FileBox } from "./FileBox";
import { TeamsCard } from "./TeamsCard";
import { clock } from "./text";
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
      </div>
      {tools}
    </article>
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
