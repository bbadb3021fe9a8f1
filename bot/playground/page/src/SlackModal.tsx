import { useState, type FormEvent } from "react";
import { Modal } from "./Modal";
import type { Theme } from "./remembered";
import { SlackBlocks } from "./SlackBlocks";
import { plain } from "./text";
import type { ActResult, Json, Room } from "./types";

interface Text {
  text: string;
}

interface Input {
  block_id: string;
  optional?: boolean;
  label: Text;
  hint?: Text;
  element: { type: string; max_length?: number; options?: { text: Text; value: string }[] };
}

interface Props {
  view: Json;
  title: string;
  rooms: Room[];
  room: Room;
  names: Record<string, string>;
  theme: Theme;
  onSubmit: (values: Record<string, string>) => Promise<ActResult>;
  onClose: () => void;
}

/** A modal as Slack shows it: blocks, inputs, and what was wrong with them below each. */
export function SlackModal({ view, title, rooms, room, names, theme, onSubmit, onClose }: Props) {
  const blocks = view["blocks"] as Json[];
  const submit = view["submit"] as Text | undefined;
  const [errors, setErrors] = useState<Record<string, string>>({});
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]));
    void onSubmit(values).then((result) => setErrors(result.errors), () => undefined);
  };
  return (
    <Modal title={plain(title)} onClose={onClose}>
      <form className="modal-form" onSubmit={send} noValidate>
        <div className="modal-body" tabIndex={0} role="group" aria-label={plain(title)}>
          {blocks.map((block, number) =>
            block["type"] === "input" ? (
              <Field key={number} input={block as unknown as Input} {...{ rooms, room }} error={errors[block["block_id"] as string]} />
            ) : (
              <SlackBlocks key={number} blocks={[block]} names={names} theme={theme} />
            ),
          )}
        </div>
        <footer>
          <button type="button" className="slack-button" onClick={onClose}>
            {plain((view["close"] as Text | undefined)?.text ?? "Close")}
          </button>
          {submit && (
            <button type="submit" className="slack-button primary">
              {plain(submit.text)}
            </button>
          )}
        </footer>
      </form>
    </Modal>
  );
}

interface FieldProps {
  input: Input;
  rooms: Room[];
  room: Room;
  error: string | undefined;
}

function Field({ input, rooms, room, error }: FieldProps) {
  const { block_id: name, element } = input;
  const note = error ? `${name}-error` : input.hint ? `${name}-hint` : undefined;
  const below = (
    <>
      {input.hint && (
        <p id={`${name}-hint`} className="field-hint">
          {plain(input.hint.text)}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="field-error" role="alert">
          {plain(error)}
        </p>
      )}
    </>
  );
  const label = `${plain(input.label.text)}${input.optional ? " (optional)" : ""}`;
  if (element.type === "radio_buttons")
    return (
      <fieldset className="field" aria-describedby={note}>
        <legend>{label}</legend>
        {(element.options ?? []).map((option) => (
          <label key={option.value} className="choice">
            <input type="radio" name={name} value={option.value} />
            {plain(option.text.text)}
          </label>
        ))}
        {below}
      </fieldset>
    );
  return (
    <label className="field">
      <span>{label}</span>
      {element.type === "conversations_select" ? (
        <select name={name} defaultValue={room.id} aria-describedby={note}>
          {rooms.map((one) => (
            <option key={one.id} value={one.id}>
              {one.kind === "direct" ? one.name : `#${one.name}`}
            </option>
          ))}
        </select>
      ) : (
        <textarea name={name} rows={3} maxLength={element.max_length} aria-describedby={note} />
      )}
      {below}
    </label>
  );
}
