import { Avatar } from "./Avatar";
import type { Room, TabName } from "./types";

interface Props {
  tab: TabName;
  rooms: Room[];
  current: string;
  unread: Set<string>;
  onPick: (room: string) => void;
}

const GROUPS: Record<TabName, [string, Room["kind"][]][]> = {
  slack: [
    ["Channels", ["channel", "private"]],
    ["Direct messages", ["direct"]],
  ],
  teams: [
    ["Chat", ["direct", "group"]],
    ["Teams and channels", ["channel"]],
  ],
};

/** The rooms of a platform. */
export function Sidebar({ tab, rooms, current, unread, onPick }: Props) {
  return (
    <nav className="sidebar" aria-label={tab === "slack" ? "Channels and direct messages" : "Chats and channels"}>
      {GROUPS[tab].map(([title, kinds]) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {rooms
              .filter((room) => kinds.includes(room.kind))
              .map((room) => (
                <li key={room.id}>
                  <button
                    type="button"
                    aria-current={room.id === current ? "page" : undefined}
                    className={unread.has(room.id) ? "unread" : ""}
                    onClick={() => onPick(room.id)}
                  >
                    <RoomMark room={room} />
                    {room.name}
                    {unread.has(room.id) && <span className="dot" role="img" aria-label="new messages" />}
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

export function RoomMark({ room, size = 20 }: { room: Room; size?: number }) {
  if (room.kind === "direct") return <Avatar who="bot" name={room.name} size={size} />;
  if (room.kind === "group") return <Avatar who="group" name={room.name} size={size} />;
  return (
    <svg className="room-mark" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      {room.kind === "channel" ? (
        <path d="M8 3 6.5 17M13.5 3 12 17M4 7.5h13M3 12.5h13" />
      ) : (
        <path d="M5.5 9h9v7.5h-9zM7 9V6.5a3 3 0 0 1 6 0V9" />
      )}
    </svg>
  );
}
