import { Message as Rendered, type Block } from "slack-blocks-to-jsx";
import type { Theme } from "./remembered";
import { plain } from "./text";
import type { Json } from "./types";

/**
 * Blocks as the renderer has to get them to show what Slack shows. The renderer differs from Slack in three points: it
 * formats plain text too, it leaves `verbatim` text unformatted, and it reads `&lt;!here&gt;` as a mention. Characters
 * by their number are the one form that it takes as they are; preformatted text it shows letter by letter.
 */
function forRenderer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forRenderer);
  if (value === null || typeof value !== "object") return value;
  if ((value as Json)["type"] === "rich_text_preformatted") return value;
  const part = Object.fromEntries(Object.entries(value as Json).map(([key, child]) => [key, forRenderer(child)]));
  if (typeof part["text"] !== "string") return part;
  const { verbatim: _, ...rest } = part;
  const text = part["text"];
  return { ...rest, text: part["type"] === "mrkdwn" ? text.replace(/&(lt|gt|amp);/g, numbered) : exact(text) };
}

/** Text without formatting, with nothing left in it that could be read as some. */
function exact(text: string): string {
  return plain(text).replace(/[*_~`:<>&]/g, numbered);
}

function numbered(found: string): string {
  return `&#${plain(found).charCodeAt(0)};`;
}

interface Props {
  blocks: Json[];
  names: Record<string, string>;
  theme: Theme;
}

/** Blocks without anything to press. */
export function SlackBlocks({ blocks, names, theme }: Props) {
  const named = Object.entries(names).map(([id, name]) => ({ id, name }));
  return (
    <Rendered
      blocks={forRenderer(blocks) as Block[]}
      data={{ users: named, channels: named }}
      theme={theme}
      logo=""
      name=""
      withoutWrapper
      className="slack-blocks"
    />
  );
}
