import { useEffect, useState } from "react";
import type { Message } from "./types";

/** Rooms with messages that were not on the screen yet. */
export function useUnread(messages: Message[], current: string): Set<string> {
  const [seen, setSeen] = useState<Record<string, string>>({});
  const newest = new Map(messages.map((message) => [message.spot.room, message.id]));
  const here = newest.get(current) ?? "";
  useEffect(() => setSeen((old) => (old[current] === here ? old : { ...old, [current]: here })), [current, here]);
  return new Set([...newest].filter(([room, id]) => room !== current && seen[room] !== id).map(([room]) => room));
}
