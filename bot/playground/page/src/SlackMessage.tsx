import { Fragment, type ReactNode } from "react";
import { Avatar } from "./Avatar";
import { FileBox } from "./FileBox";
import type { Theme } from "./remembered";
import { SlackActions } from "./SlackActions";
import { SlackBlocks } from "./SlackBlocks";
import { SlackTable } from "./SlackTable";
import { clock, plain } from "./text";
import type { Json, Message } from "./types";

interface Props {
  message: Message;
  author: string;
  names: Record<string, string>;
  theme: Theme;
  onPress: (id: string) => void;
  tools: ReactNode;
  children?: ReactNode;
}

/** A message as Slack shows it; `children` stand below, such as the way to its thread. */
export function SlackMessage({ message, author, names, theme, onPress, tools, children }: Props) {
  return (
    <article className={`slack-message ${message.only ? "only" : ""}`} aria-label={`${author}, ${clock(message.at)}`}>
      <Avatar who={message.author} name={author} />
      <div className="slack-body">
        {message.only && <p className="slack-only">Only visible to you</p>}
        <header>
          <strong>{author}</strong>
          {message.author === "bot" && <span className="badge">App</span>}
          <time>{clock(message.at)}</time>
        </header>
        {message.content ? (
          parts(message.content as Json[]).map(({ kind, blocks }, number) => {
            if (kind === "actions") return <SlackActions key={number} blocks={blocks} onPress={onPress} />;
            if (kind === "data_table") return blocks.map((block) => <SlackTable key={number} block={block} />);
            const shown = <SlackBlocks key={number} blocks={blocks} names={names} theme={theme} />;
            if (kind === "shown") return shown;
            return (
              <div key={number} className="slack-table" role="group" aria-label="Table" tabIndex={0}>
                {shown}
              </div>
            );
          })
        ) : (
          <p className="slack-text">{written(message.text, names)}</p>
        )}
        {message.file && <FileBox file={message.file} />}
        {children}
      </div>
      {tools}
    </article>
  );
}

interface Part {
  kind: "shown" | "actions" | "table" | "data_table";
  blocks: Json[];
}

/** Blocks to be rendered together: those with something to press, tables, which may be wide, and the others. */
function parts(blocks: Json[]): Part[] {
  const found: Part[] = [];
  for (const block of blocks) {
    const type = block["type"];
    const pressed = type === "actions" || type === "context_actions";
    const kind = pressed ? "actions" : type === "table" || type === "data_table" ? type : "shown";
    const last = found.at(-1);
    if (last?.kind === kind) last.blocks.push(block);
    else found.push({ kind, blocks: [block] });
  }
  return found;
}

/** What a person typed: entities resolved, mentions by name. */
export function written(text: string, names: Record<string, string>): ReactNode {
  return text.split(/(<@\w+>)/).map((part, number) => {
    const name = names[part.slice(2, -1)];
    if (name && part.startsWith("<@"))
      return (
        <span key={number} className="mention">
          @{name}
        </span>
      );
    return <Fragment key={number}>{plain(part)}</Fragment>;
  });
}
