import { Message as Rendered, type Block } from "slack-blocks-to-jsx";
import type { Theme } from "./remembered";
import type { Json } from "./types";

const JOINER = "\u2060";

/**
 * Blocks as the renderer has to get them to show what Slack shows. The renderer differs from Slack in three points: it
 * formats plain text too, it leaves `verbatim` text unformatted, and it reads `&lt;!here&gt;` as a mention. So entities
 * are resolved here, and an invisible joiner after a character keeps it from being read as formatting.
 */
function forRenderer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forRenderer);
  if (value === null || typeof value !== "object") return value;
  const part = Object.fromEntries(Object.entries(value as Json).map(([key, child]) => [key, forRenderer(child)]));
  if (typeof part["text"] !== "string") return part;
  const { verbatim: _, ...rest } = part;
  const text = part["type"] === "mrkdwn" ? part["text"] : part["text"].replace(/[*_~`:]/g, `$&${JOINER}`);
  return { ...rest, text: resolved(text) };
}

function resolved(text: string): string {
  return text
    .replace(/&lt;/g, `<${JOINER}`)
    .replace(/&gt;/g, `${JOINER}>`)
    .replace(/&amp;/g, `&${JOINER}`);
}

interface Props {
  blocks: Json[];
  names: Record<string, string>;
  theme: Theme;
}

/** Blocks without anything to press. */
export function SlackBlocks({ blocks, names, theme }: Props) {
  const users = Object.entries(names).map(([id, name]) => ({ id, name }));
  return (
    <Rendered
      blocks={forRenderer(blocks) as Block[]}
      data={{ users }}
      theme={theme}
      logo=""
      name=""
      withoutWrapper
      className="slack-blocks"
    />
  );
}
