import { useEffect, useState, useSyncExternalStore } from "react";

/** State that a reload of the page keeps, in this window only. */
export function useRemembered<T>(key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = sessionStorage.getItem(key);
    return kept === null ? initial : (JSON.parse(kept) as T);
  });
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(value)), [key, value]);
  return [value, setValue];
}

export type Theme = "light" | "dark";

const systemDark = () => window.matchMedia("(prefers-color-scheme: dark)");

function followSystem(changed: () => void): () => void {
  const query = systemDark();
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

/** The system's choice of light or dark until another is made here. */
export function useTheme(): [Theme, () => void] {
  // Asked at each render and followed by one listener: a change between a render and its effects is not missed.
  const dark = useSyncExternalStore(followSystem, () => systemDark().matches);
  const [chosen, setChosen] = useRemembered<Theme | null>("theme", null);
  const theme = chosen ?? (dark ? "dark" : "light");
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return [theme, () => setChosen(theme === "dark" ? "light" : "dark")];
}
