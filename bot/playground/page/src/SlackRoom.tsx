import { useState, type ReactNode } from "react";
import { Composer } from "./Composer";
import { Messages } from "./Messages";
import { author, Empty, RoomHeader, Tools, type RoomProps } from "./room";
import { SlackHome } from "./SlackHome";
import { SlackMessage } from "./SlackMessage";
import { SlackModal } from "./SlackModal";
import type { GivenFile } from "./server";
import type { Message } from "./types";

const ABOUT = {
  channel: "Everybody can see this channel",
  private: "Only members can see this channel",
  group: "",
  direct: "Only you and the advisor",
};

/** A channel or direct messages, and beside it the thread that is open. */
export function SlackRoom(props: RoomProps) {
  const { room, messages, thread, onThread } = props;
  const direct = room.kind === "direct";
  const [atHome, setAtHome] = useState(false);
  const home = direct && atHome;
  const view = (kind: string) => props.surfaces.find(({ surface }) => surface === kind) ?? null;
  const modal = view("modal");
  const quietly = (doing: Promise<unknown>) => void doing.catch(() => undefined);
  const form = () => quietly(props.act("shortcut", { callback: "advice_form" }));
  const pressHome = (button: string) => {
    quietly(props.act("press", { button }));
    if (button !== "advice_form") setAtHome(false);
  };
  const say = async (text: string, mention: boolean, file?: GivenFile) => {
    const spot = await props.say({ room: room.id, thread: null }, text, mention, file);
    if (mention && !direct && spot.thread) onThread(spot.thread);
  };
  const show = (message: Message, below?: ReactNode) => (
    <SlackMessage
      message={message}
      author={author(props.state, message.author)}
      names={props.state.names.slack}
      theme={props.theme}
      onPress={(id) => props.press(message, id)}
      tools={
        <Tools
          message={message}
          onInspect={props.inspect}
          onJudge={({ id }) => quietly(props.act("shortcut", { callback: "triage_message" }, id))}
        />
      }
    >
      {below}
    </SlackMessage>
  );
  const replies = (message: Message) => messages.filter((other) => other.reply && other.spot.thread === message.spot.thread);
  const withReplies = (message: Message) => {
    const count = replies(message).length;
    if (count === 0) return show(message);
    return show(
      message,
      <button type="button" className="replies" onClick={() => onThread(message.spot.thread)}>
        {count === 1 ? "1 reply" : `${count} replies`}
      </button>,
    );
  };

  return (
    <>
      <main className="room">
        <RoomHeader room={room} about={ABOUT[room.kind]} onRooms={props.onRooms} />
        {direct && (
          <div className="tabs">
            <button
              type="button"
              aria-pressed={home}
              onClick={() => {
                setAtHome(true);
                quietly(props.act("home"));
              }}
            >
              Home
            </button>
            <button type="button" aria-pressed={!home} onClick={() => setAtHome(false)}>
              Messages
            </button>
          </div>
        )}
        {home ? (
          <SlackHome
            view={view("home")?.view ?? null}
            names={props.state.names.slack}
            theme={props.theme}
            onPress={pressHome}
          />
        ) : (
        <Messages
          label={room.name}
          messages={messages.filter((message) => !message.reply)}
          render={withReplies}
          empty={
            <Empty about={props} onPick={(text) => say(text, !direct)}>
              {direct ? "Write to the advisor, or try one of these:" : "Mention the advisor, or try one of these:"}
            </Empty>
          }
        />
        )}
        {modal && (
          <SlackModal
            key={modal.title + JSON.stringify(modal.view).length}
            view={modal.view}
            title={modal.title}
            rooms={props.rooms}
            room={room}
            names={props.state.names.slack}
            theme={props.theme}
            onSubmit={(values) => props.act("submit", values)}
            onClose={() => quietly(props.act("close"))}
          />
        )}
        <Composer
          key={room.id}
          label={direct ? "Message Advisor" : `Message #${room.name}`}
          canMention={!direct}
          mention
          onSend={say}
          extras={[{ label: "Decide by form", onPick: form }]}
        />
      </main>
      {thread && messages.some((message) => message.spot.thread === thread) && (
        <section className="thread" aria-label="Thread">
          <header className="room-header">
            <h2>Thread</h2>
            <p>{direct ? room.name : `#${room.name}`}</p>
            <button type="button" className="tool" aria-label="Close thread" onClick={() => onThread(null)}>
              ✕
            </button>
          </header>
          <Messages
            key={thread}
            label="Thread"
            messages={messages.filter((message) => message.spot.thread === thread)}
            render={(message) => show(message)}
            empty={null}
          />
          <Composer
            key={`${thread} reply`}
            label="Reply…"
            canMention={!direct}
            mention={false}
            onSend={(text, mention, file) => props.say({ room: room.id, thread }, text, mention, file)}
          />
        </section>
      )}
    </>
  );
}
