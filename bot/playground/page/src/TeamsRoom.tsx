import { useState } from "react";
import { Composer } from "./Composer";
import { Messages } from "./Messages";
import { Modal } from "./Modal";
import { author, Empty, RoomHeader, Tools, type RoomProps } from "./room";
import { TeamsAsk } from "./TeamsAsk";
import { TeamsCard } from "./TeamsCard";
import { TeamsMessage } from "./TeamsMessage";
import type { GivenFile } from "./server";
import type { Message } from "./types";

const ABOUT = {
  direct: "Only you and the advisor",
  group: "You, the others and the advisor",
  channel: "Everybody in the team can see this channel",
  private: "",
};

/** A chat, or a channel whose posts have their replies below them. */
export function TeamsRoom(props: RoomProps) {
  const { room, messages, thread, onThread } = props;
  const direct = room.kind === "direct";
  const [asking, setAsking] = useState(false);
  const dialog = props.surfaces.find(({ surface }) => surface === "dialog") ?? null;
  const quietly = (doing: Promise<unknown>) => void doing.catch(() => undefined);
  const extras = [
    { label: "Ask", onPick: () => setAsking(true) },
    { label: "Decide by form", onPick: () => quietly(props.act("command", { id: "advice_form" })) },
  ];
  const say = async (text: string, mention: boolean, file?: GivenFile) => {
    const spot = await props.say({ room: room.id, thread: null }, text, mention, file);
    onThread(spot.thread);
  };
  const show = (message: Message) => (
    <TeamsMessage
      message={message}
      author={author(props.state, message.author)}
      who={props.who.id}
      inPost={room.threads}
      onPress={(action) => props.press(message, action)}
      onSubmit={(data) => quietly(props.act("fetch", { data }))}
      onFile={(accept) => quietly(props.act("file", { accept }, message.id))}
      tools={
        <Tools
          message={message}
          onInspect={props.inspect}
          onJudge={({ id }) => quietly(props.act("command", { id: "triage_message" }, id))}
        />
      }
    />
  );
  const post = (root: Message) => (
    <div className="post">
      {show(root)}
      {messages
        .filter((message) => message.reply && message.spot.thread === root.id)
        .map((message) => (
          <div key={message.id} data-message={message.id} className="reply">
            {show(message)}
          </div>
        ))}
      {thread === root.id ? (
        <Composer
          key={root.id}
          label="Reply"
          canMention
          mention
          onSend={(text, mention, file) => props.say({ room: room.id, thread: root.id }, text, mention, file)}
        />
      ) : (
        <button type="button" className="reply-button" onClick={() => onThread(root.id)}>
          Reply
        </button>
      )}
    </div>
  );

  return (
    <main className="room">
      <RoomHeader room={room} about={ABOUT[room.kind]} onRooms={props.onRooms} />
      <Messages
        key={room.id}
        label={room.name}
        messages={messages}
        shown={room.threads ? messages.filter((message) => !message.reply) : messages}
        render={room.threads ? post : show}
        empty={
          <Empty about={props} onPick={(text) => say(text, !direct)}>
            {direct ? "Write to the advisor, or try one of these:" : "Mention the advisor, or try one of these:"}
          </Empty>
        }
      />
      <Composer
        key={`${room.id} new`}
        label={room.threads ? "Start a post" : direct ? "Message Advisor" : "Type a message"}
        canMention={!direct}
        mention
        onSend={say}
        extras={extras}
      />
      {asking && (
        <TeamsAsk
          onAsk={(text) => props.act("ask", { text })}
          onInsert={(card) => {
            setAsking(false);
            quietly(props.act("insert", { card }));
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {dialog && (
        <Modal key={JSON.stringify(dialog.view).length} title={dialog.title} onClose={() => quietly(props.act("close"))}>
          <div className="modal-body">
            <TeamsCard
              card={dialog.view}
              onPress={() => undefined}
              onSubmit={(data) => quietly(props.act("submit", { data }))}
            />
          </div>
        </Modal>
      )}
    </main>
  );
}
