import { useEffect, useState } from "react";

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

/** The system's choice of light or dark until another is made here. */
export function useTheme(): [Theme, () => void] {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const [systemDark, setSystemDark] = useState(system.matches);
  const [chosen, setChosen] = useRemembered<Theme | null>("theme", null);
  useEffect(() => {
    const follow = (event: MediaQueryListEvent) => setSystemDark(event.matches);
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  });
  const theme = chosen ?? (systemDark ? "dark" : "light");
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return [theme, () => setChosen(theme === "dark" ? "light" : "dark")];
}
