import { useEffect, useState } from "react";
import type { ActResult, Json, Message, Spot, State, Stored, Surface, TabName, Trouble } from "./types";

/** A file that a person sends. */
export interface GivenFile {
  name: string;
  text: string;
}

/** What the server refused, in words for the person at the page. */
export class Refused extends Error {}

async function ask<T>(path: string, body?: object): Promise<T> {
  const request: RequestInit = body
    ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }
    : {};
  const response = await fetch(`/playground/${path}`, request).catch(() => {
    throw new Refused("The advisor is not running. Start it again with: make run");
  });
  if (!response.ok) throw new Refused((await response.text()).trim());
  return (await response.json()) as T;
}

export const say = (who: string, tab: TabName, spot: Spot, text: string, mention: boolean, file?: GivenFile) =>
  ask<Spot>("say", { tab, person: who, room: spot.room, thread: spot.thread, text, mention, file: file ?? null });

export const press = (who: string, message: Message, button: unknown) =>
  ask<{ told: string | null }>("press", {
    tab: message.tab,
    person: who,
    message: message.id,
    version: message.version,
    button,
  });

export const act = (who: string, tab: TabName, spot: Spot, action: string, message: string | null, values: Json) =>
  ask<ActResult>("act", { tab, person: who, room: spot.room, thread: spot.thread, action, message, values });

export const play = (tab: TabName, script: string) => ask<Spot>("play", { tab, script });

export const stored = (who: string, tab: TabName, spot: Spot) =>
  ask<Stored>(`conversation?${new URLSearchParams({ tab, person: who, room: spot.room, thread: spot.thread ?? "" })}`);

export interface Server {
  state: State | null;
  messages: Message[];
  troubles: Trouble[];
  surfaces: Surface[];
  connected: boolean;
  /** Why the advisor is not there, in words for the person at the page. */
  away: string;
}

type Event = Message | Trouble | Surface | { gone: string };

/** The server as it is now. The stream begins with everything, so each connection starts afresh. */
export function useServer(): Server {
  const [state, setState] = useState<State | null>(null);
  const [connected, setConnected] = useState(false);
  const [away, setAway] = useState("");
  const [items, setItems] = useState<Map<string, Message | Trouble | Surface>>(new Map());

  useEffect(() => {
    const stream = new EventSource("/playground/stream");
    stream.onopen = () => {
      setItems(new Map());
      setConnected(true);
      ask<State>("state").then(setState, () => setConnected(false));
    };
    stream.onerror = () => {
      setConnected(false);
      ask<State>("state").catch((error: Error) => setAway(error.message));
    };
    stream.onmessage = ({ data }) => {
      const event = JSON.parse(data as string) as Event;
      setItems((old) => {
        const now = new Map(old);
        if ("gone" in event) now.delete(event.gone);
        else now.set(event.id, event);
        return now;
      });
    };
    return () => stream.close();
  }, []);

  const all = [...items.values()];
  return {
    state,
    connected,
    away,
    messages: all.filter((item): item is Message => "author" in item).sort((a, b) => a.at - b.at),
    surfaces: all.filter((item): item is Surface => "surface" in item),
    troubles: all.filter((item): item is Trouble => "trouble" in item),
  };
}
