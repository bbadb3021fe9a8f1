import type { ReactNode } from "react";
import type { Theme } from "./remembered";
import type { GivenFile } from "./server";
import { RoomMark } from "./Sidebar";
import type { ActResult, Json, Message, Person, Room, Script, Spot, State, Surface } from "./types";

/** What both platforms' rooms get. `messages` are those of the room that this person sees. */
export interface RoomProps {
  state: State;
  room: Room;
  messages: Message[];
  who: Person;
  theme: Theme;
  thread: string | null;
  onThread: (thread: string | null) => void;
  onRooms: () => void;
  /** Transcripts that are offered where nobody has written yet, and what plays one. */
  scripts: Script[];
  play: (script: string) => void;
  say: (spot: Spot, text: string, mention: boolean, file?: GivenFile) => Promise<Spot>;
  press: (message: Message, button: unknown) => void;
  inspect: (message: Message) => void;
  /** All rooms of this person. */
  rooms: Room[];
  /** What is open before this person beside messages. */
  surfaces: Surface[];
  /** Does something beside messages, here or on a message. */
  act: (action: string, values?: Json, message?: string) => Promise<ActResult>;
}

export function author(state: State, id: string): string {
  return state.people.find((person) => person.id === id)?.name ?? "Advisor";
}

export function RoomHeader({ room, about, onRooms }: { room: Room; about: string; onRooms: () => void }) {
  return (
    <header className="room-header">
      <button type="button" className="tool rooms" aria-label="Show the list of rooms" onClick={onRooms}>
        ☰
      </button>
      <RoomMark room={room} size={22} />
      <h2>{room.name}</h2>
      <p>{about}</p>
    </header>
  );
}

interface EmptyProps {
  children: ReactNode;
  about: RoomProps;
  onPick: (text: string) => void;
}

/** What this is, and what may be tried, where nobody has written yet. */
export function Empty({ children, about, onPick }: EmptyProps) {
  const { state, scripts, play } = about;
  return (
    <div className="empty">
      <p>
        A copy of Slack and of Teams to try the advisor in. Nothing you type leaves this machine; Ana and Ben are made up.
      </p>
      <p>{children}</p>
      <ul>
        {state.examples.map((example) => (
          <li key={example}>
            <button type="button" onClick={() => onPick(example)}>
              {example}
            </button>
          </li>
        ))}
      </ul>
      <p>
        Several ideas: type <b>triage</b>, then one a line. New to this: type <b>learn</b>. Write as Ana and Ben to decide
        together. Or watch one:
      </p>
      {scripts.length > 0 && (
        <ul className="scripts" aria-label="Or watch one">
          {scripts.map(({ id, name }) => (
            <li key={id}>
              <button type="button" onClick={() => play(id)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What can be done with a message besides pressing its buttons. */
interface ToolsProps {
  message: Message;
  onInspect: (message: Message) => void;
  /** The platform's way to have somebody's message judged. */
  onJudge: (message: Message) => void;
}

export function Tools({ message, onInspect, onJudge }: ToolsProps) {
  if (message.author !== "bot")
    return (
      <button type="button" className="inspect" title="Judge this idea" onClick={() => onJudge(message)}>
        Judge this idea
      </button>
    );
  return (
    <button type="button" className="inspect" aria-label="Inspect this message" onClick={() => onInspect(message)}>
      {"{ }"}
    </button>
  );
}
