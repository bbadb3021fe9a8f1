import { Avatar } from "./Avatar";
import { Menu } from "./Menu";
import type { Theme } from "./remembered";
import type { Person, State, TabName } from "./types";

interface Props {
  state: State;
  tab: TabName;
  onTab: (tab: TabName) => void;
  who: Person;
  onWho: (id: string) => void;
  theme: Theme;
  onTheme: () => void;
  inspecting: boolean;
  /** How many there are to be looked at in the inspector. */
  troubles: number;
  onInspect: () => void;
  onPlay: (script: string) => void;
}

/** The playground's own controls, above the platform's. */
export function Bar(props: Props) {
  const { state, tab, onTab, who, onWho, theme, onTheme, inspecting, troubles, onInspect, onPlay } = props;
  const scripts = state.transcripts[tab].map(({ id, name }) => ({ id, label: name }));
  return (
    <header className="bar">
      <h1>
        <Avatar who="bot" name="Advisor" size={24} />
        <span>Advisor playground: nothing leaves this machine</span>
      </h1>
      <div className="segments" role="group" aria-label="Platform">
        {(["slack", "teams"] as const).map((name) => (
          <button key={name} type="button" aria-pressed={tab === name} onClick={() => onTab(name)}>
            {name === "slack" ? "Slack" : "Teams"}
          </button>
        ))}
      </div>
      <span className="space" />
      <div className="segments" role="group" aria-label="You are">
        {state.people.map((person) => (
          <button key={person.id} type="button" aria-pressed={person.id === who.id} onClick={() => onWho(person.id)}>
            <Avatar who={person.id} name={person.name} size={18} />
            {person.name}
          </button>
        ))}
      </div>
      {scripts.length > 0 && (
        <Menu label="Play a transcript" className="tool" items={scripts} onPick={onPlay} side="right">
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path fill="currentColor" d="M3 1.5 12 7l-9 5.5z" />
          </svg>
          <span>Play a transcript</span>
        </Menu>
      )}
      <button
        type="button"
        className="tool"
        aria-pressed={inspecting}
        aria-label={`Inspect messages${troubles ? `, problems: ${troubles}` : ""}`}
        onClick={onInspect}
      >
        <span aria-hidden="true">{"{ }"}</span>
        <span>Inspect</span>
        {troubles > 0 && <b className="count">{troubles}</b>}
      </button>
      <button type="button" className="tool" aria-label={theme === "dark" ? "Light colours" : "Dark colours"} onClick={onTheme}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path fill="currentColor" d="M8 2a6 6 0 0 1 0 12z" />
        </svg>
      </button>
    </header>
  );
}
