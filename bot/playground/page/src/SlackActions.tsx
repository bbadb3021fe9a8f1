import { useState } from "react";
import { Menu } from "./Menu";
import { plain } from "./text";
import { Thumb } from "./Thumb";
import type { Json } from "./types";

interface Text {
  text: string;
}

interface Element {
  type: string;
  action_id: string;
  text?: Text;
  placeholder?: Text;
  style?: string;
  accessibility_label?: string;
  confirm?: { text: Text };
  options?: { text: Text; value: string }[];
  positive_button?: ThumbButton;
  negative_button?: ThumbButton;
}

interface ThumbButton {
  text: Text;
  value: string;
  accessibility_label?: string;
}

/** Slack's own buttons for feedback: thumbs, whose words are only read out. */
function Thumbs({ element, onPress }: { element: Element; onPress: (id: string) => void }) {
  const [pressed, setPressed] = useState("");
  const thumbs = [
    { up: true, button: element.positive_button },
    { up: false, button: element.negative_button },
  ];
  return thumbs.map(({ up, button }) => {
    if (!button) return null;
    const id = `${element.action_id}:${button.value}`;
    const label = plain(button.accessibility_label ?? button.text.text);
    return (
      <button
        key={id}
        type="button"
        className="thumb"
        aria-label={label}
        aria-pressed={pressed === id}
        title={plain(button.text.text)}
        data-button={id}
        onClick={() => {
          setPressed(id);
          onPress(id);
        }}
      >
        <Thumb up={up} />
      </button>
    );
  });
}

/** Blocks of buttons and menus. The renderer of the other blocks shows them, but has no way to hear of a press. */
export function SlackActions({ blocks, onPress }: { blocks: Json[]; onPress: (id: string) => void }) {
  return blocks.map((block, number) => (
    <div key={number} className="slack-actions">
      {(block["elements"] as Element[]).map((element) =>
        element.type === "feedback_buttons" ? (
          <Thumbs key={element.action_id} element={element} onPress={onPress} />
        ) : element.type === "overflow" || element.type === "static_select" ? (
          <Menu
            key={element.action_id}
            label={element.placeholder ? plain(element.placeholder.text) : "More options"}
            className={`slack-button ${element.type === "overflow" ? "overflow" : ""}`}
            items={(element.options ?? []).map((option) => ({ id: option.value, label: plain(option.text.text) }))}
            onPick={onPress}
          >
            {element.placeholder ? `${plain(element.placeholder.text)} ▾` : "⋮"}
          </Menu>
        ) : (
          <button
            key={element.action_id}
            type="button"
            className={`slack-button ${element.style ?? ""}`}
            aria-label={element.accessibility_label && plain(element.accessibility_label)}
            data-button={element.action_id}
            onClick={() => {
              if (!element.confirm || window.confirm(plain(element.confirm.text.text))) onPress(element.action_id);
            }}
          >
            {element.text && plain(element.text.text)}
          </button>
        ),
      )}
    </div>
  ));
}
