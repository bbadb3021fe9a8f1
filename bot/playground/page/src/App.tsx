import { useEffect, useMemo, useState } from "react";
import { Bar } from "./Bar";
import { Inspector } from "./Inspector";
import { useRemembered, useTheme } from "./remembered";
import type { RoomProps } from "./room";
import * as server from "./server";
import { Sidebar } from "./Sidebar";
import { SlackRoom } from "./SlackRoom";
import { TeamsRoom } from "./TeamsRoom";
import type { Message, Room, State, TabName } from "./types";
import { useUnread } from "./unread";

/** Transcripts that are offered in an empty room: a result, a list, two people, a lesson. */
const SCRIPTS_OFFERED = 4;

export function App() {
  const live = server.useServer();
  const [theme, switchTheme] = useTheme();
  if (!live.state) return <p className="waiting">{live.connected ? "" : live.away || "Looking for the advisor …"}</p>;
  return <Playground {...live} state={live.state} theme={theme} onTheme={switchTheme} />;
}

type Props = server.Server & { state: State; theme: "light" | "dark"; onTheme: () => void };

function Playground({ state, messages, troubles, surfaces, connected, away, theme, onTheme }: Props) {
  const [tab, setTab] = useRemembered<TabName>("tab", "slack");
  const [whoId, setWho] = useRemembered("who", state.people[0]?.id ?? "");
  const [roomIds, setRooms] = useRemembered<Partial<Record<TabName, string>>>("rooms", {});
  const [thread, setThread] = useRemembered<string | null>("thread", null);
  const [inspecting, setInspecting] = useRemembered("inspecting", false);
  const [inspected, setInspected] = useState<string | null>(null);
  const [browsing, setBrowsing] = useState(false);
  const [note, setNote] = useState<string | null>(null);

  const who = state.people.find((person) => person.id === whoId) ?? state.people[0]!;
  const rooms = state.rooms[tab].filter((room) => room.members.includes(who.id));
  const room = rooms.find(({ id }) => id === roomIds[tab]) ?? counterpart(rooms, state.rooms[tab], roomIds[tab]) ?? rooms[0]!;
  const visible = useMemo(
    () => messages.filter((message) => message.tab === tab && (message.only === null || message.only === who.id)),
    [messages, tab, who.id],
  );
  const here = visible.filter((message) => message.spot.room === room.id);
  const unread = useUnread(visible, room.id);

  useEffect(() => {
    if (note === null) return;
    const timer = setTimeout(() => setNote(null), 8000);
    return () => clearTimeout(timer);
  }, [note]);

  const open = (id: string, in_thread: string | null = null) => {
    setRooms({ ...roomIds, [tab]: id });
    setThread(in_thread);
    setBrowsing(false);
  };
  const trouble = (error: Error) => setNote(error.message);
  const play = (script: string) => void server.play(tab, script).then((spot) => open(spot.room, spot.thread), trouble);
  const about: RoomProps = {
    state,
    room,
    messages: here,
    who,
    theme,
    thread,
    onThread: setThread,
    onRooms: () => setBrowsing(!browsing),
    scripts: state.transcripts[tab].slice(0, SCRIPTS_OFFERED),
    play,
    say: async (spot, text, mention, file) => {
      try {
        return await server.say(who.id, tab, spot, text, mention, file);
      } catch (error) {
        trouble(error as Error);
        throw error;
      }
    },
    press: (message, button) =>
      void server.press(who.id, message, button).then(({ told }) => setNote(told), trouble),
    rooms,
    surfaces: surfaces.filter((surface) => surface.tab === tab && surface.person === who.id),
    act: async (action, values = {}, message) => {
      try {
        const result = await server.act(who.id, tab, { room: room.id, thread }, action, message ?? null, values);
        if (result.told) setNote(result.told);
        return result;
      } catch (error) {
        trouble(error as Error);
        throw error;
      }
    },
    inspect: (message) => {
      setInspected(message.id);
      setInspecting(true);
    },
  };
  const RoomView = tab === "slack" ? SlackRoom : TeamsRoom;
  const shown = here.find((message) => message.id === inspected) ?? lastOfBot(here, thread);

  return (
    <div className={`page ${tab} ${browsing ? "browsing" : ""}`}>
      <Bar
        {...{ state, tab, who, theme, onTheme, inspecting }}
        troubles={troubles.length}
        onTab={(name) => {
          setTab(name);
          setThread(null);
        }}
        onWho={setWho}
        onInspect={() => setInspecting(!inspecting)}
        onPlay={play}
      />
      <div className="platform">
        <Sidebar {...{ tab, rooms, unread }} current={room.id} onPick={(id) => open(id)} />
        <RoomView {...about} />
        {inspecting && (
          <Inspector
            {...{ tab, troubles }}
            message={shown}
            spot={{ room: room.id, thread: shown?.spot.thread ?? thread }}
            who={who.id}
            beat={here.map(({ id, version }) => `${id}.${version}`).join()}
            onClose={() => setInspecting(false)}
          />
        )}
      </div>
      <p className={`note ${note || !connected ? "" : "quiet"}`} role="status">
        {connected ? note : away}
      </p>
    </div>
  );
}

/** The other person's room of the same kind: where a private chat was open, theirs opens. */
function counterpart(rooms: Room[], all: Room[], id: string | undefined): Room | undefined {
  const kind = all.find((room) => room.id === id)?.kind;
  return rooms.find((room) => room.kind === kind);
}

function lastOfBot(messages: Message[], thread: string | null): Message | null {
  const ofBot = messages.filter(({ author }) => author === "bot");
  return ofBot.findLast(({ spot }) => spot.thread === thread) ?? ofBot.at(-1) ?? null;
}
