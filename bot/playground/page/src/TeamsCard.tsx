import { AdaptiveCard, ExecuteAction, HostConfig, SubmitAction } from "adaptivecards";
import { useLayoutEffect, useMemo, useRef } from "react";
import type { Json } from "./types";

const text = (color: string) => ({
  default: { default: `var(--${color})`, subtle: "var(--card-quiet)" },
  accent: { default: "var(--accent)", subtle: "var(--accent)" },
  good: { default: "var(--good)", subtle: "var(--good)" },
  warning: { default: "var(--warning)", subtle: "var(--warning)" },
  attention: { default: "var(--bad)", subtle: "var(--bad)" },
});

const style = (background: string) => ({ backgroundColor: `var(--${background})`, foregroundColors: text("card-text") });

/** Sizes and distances as in Teams. Colours are those of the page, so a change of theme needs no new rendering. */
const hostConfig = new HostConfig({
  fontFamily: "inherit",
  supportsInteractivity: true,
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 16 },
  textBlock: { headingLevel: 3 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  containerStyles: { default: style("card"), emphasis: style("card-emphasis") },
  actions: {
    maxActions: 6,
    spacing: "default",
    buttonSpacing: 8,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
  },
});

// Cards of the advisor hold no Markdown, and the library warns where nobody says so.
AdaptiveCard.onProcessMarkdown = (_text, result) => {
  result.didProcess = false;
};

interface Props {
  card: Json;
  onPress: (action: Json) => void;
  /** An Action.Submit, with what was filled in. */
  onSubmit?: (data: Json) => void;
}

/** A card, rendered by Microsoft's library. What an Action.Execute sends is the action as the card has it. */
export function TeamsCard({ card, onPress, onSubmit }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const pressed = useRef(onPress);
  pressed.current = onPress;
  const submitted = useRef(onSubmit);
  submitted.current = onSubmit;

  // The answer to a press is often the card that is there already: drawn anew, it would close an open menu.
  const content = useMemo(() => JSON.stringify(card), [card]);
  // Before the list of messages looks how tall they are.
  useLayoutEffect(() => {
    const made = new AdaptiveCard();
    made.hostConfig = hostConfig;
    made.parse(card);
    made.onExecuteAction = (action) => {
      if (action instanceof ExecuteAction) pressed.current(action.toJSON() as Json);
      else if (action instanceof SubmitAction) submitted.current?.((action.data ?? {}) as Json);
    };
    const shown = made.render();
    // The library says of what a button shows that it is expanded, which only the button may say.
    const mended = new MutationObserver(() => {
      for (const part of shown?.querySelectorAll("[aria-expanded]:not(button)") ?? [])
        part.removeAttribute("aria-expanded");
    });
    if (shown) mended.observe(shown, { subtree: true, attributeFilter: ["aria-expanded"] });
    for (const id of ids(card)) made.getActionById(id)?.renderedElement?.setAttribute("data-button", id);
    const root = place.current;
    if (root === null) return;
    const focused = buttons(root).findIndex((button) => button === document.activeElement);
    root.replaceChildren(...(shown ? [shown] : []));
    // A card that is drawn anew under the keyboard keeps its place.
    if (focused >= 0) (buttons(root)[focused] ?? buttons(root)[0])?.focus({ preventScroll: true });
  }, [content]);

  return <div className="teams-card" ref={place} />;
}

function buttons(root: HTMLElement): HTMLButtonElement[] {
  return [...root.querySelectorAll("button")];
}

/** The ids of a card's buttons, which stand on the page as well. */
function ids(card: Json): string[] {
  const blocks = card["body"] as { actions?: { id?: string }[] }[];
  return blocks.flatMap((block) => block.actions ?? []).flatMap((action) => action.id ?? []);
}
