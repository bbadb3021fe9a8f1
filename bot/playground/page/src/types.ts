/** What the server tells, in its own names. */

export type TabName = "slack" | "teams";

export interface Person {
  id: string;
  name: string;
}

export interface Room {
  id: string;
  kind: "channel" | "private" | "group" | "direct";
  name: string;
  members: string[];
  threads: boolean;
}

export interface Spot {
  room: string;
  thread: string | null;
}

export interface Size {
  what: string;
  size: number;
  limit: number;
}

export type Json = Record<string, unknown>;

/** A file of a message; `asks`: the bot asks whether it may be saved. */
export interface PageFile {
  name: string;
  text: string;
  asks: string | null;
}

/** A message; `content` is blocks on the Slack tab and a card on the Teams tab. */
export interface Message {
  tab: TabName;
  id: string;
  spot: Spot;
  author: string;
  at: number;
  text: string;
  reply: boolean;
  version: number;
  only: string | null;
  content: unknown;
  own: Record<string, Json> | null;
  json: Json | null;
  sizes: Size[];
  file: PageFile | null;
}

/** Something of the advisor's beside messages, before one person: a Home tab, a modal or a dialog. */
export interface Surface {
  tab: TabName;
  id: string;
  surface: "home" | "modal" | "dialog";
  person: string;
  title: string;
  view: Json;
}

export interface Found {
  title: string;
  text: string;
  card: Json;
}

export interface ActResult {
  told: string | null;
  errors: Record<string, string>;
  found: Found[];
}

/** Something that the platform would not have taken from the bot, or a transcript that cannot go on. */
export interface Trouble {
  id: string;
  trouble: string;
}

export interface State {
  title: string;
  examples: string[];
  people: Person[];
  rooms: Record<TabName, Room[]>;
  names: Record<TabName, Record<string, string>>;
  transcripts: Record<TabName, Script[]>;
}

export interface Stored {
  revision: number;
  delivered: number;
  document: (Json & { answers?: Record<string, Answer> }) | null;
}

export interface Answer {
  option: string;
  how: string;
  by: string;
  name?: string;
  evidence?: string;
}

/** A transcript that can be played. */
export type Script = { id: string; name: string };
