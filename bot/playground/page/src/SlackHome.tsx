import type { Theme } from "./remembered";
import { SlackActions } from "./SlackActions";
import { SlackBlocks } from "./SlackBlocks";
import type { Json } from "./types";

interface Props {
  view: Json | null;
  names: Record<string, string>;
  theme: Theme;
  onPress: (id: string) => void;
}

/** The app's Home tab, as the bot has published it for this person. */
export function SlackHome({ view, names, theme, onPress }: Props) {
  if (view === null) return <div className="home" aria-label="Home" role="region" />;
  const blocks = view["blocks"] as Json[];
  return (
    <div className="home" aria-label="Home" role="region" tabIndex={0}>
      {blocks.map((block, number) =>
        block["type"] === "actions" ? (
          <SlackActions key={number} blocks={[block]} onPress={onPress} />
        ) : (
          <SlackBlocks key={number} blocks={[block]} names={names} theme={theme} />
        ),
      )}
    </div>
  );
}
