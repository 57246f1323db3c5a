// The few words that islands add to a server page, in the page's language. A page that is not English is Chinese.

import en from "./locales/en.json";
import zh from "./locales/zh-CN.json";

export type Word = keyof typeof zh;

const words: Record<Word, string> = document.documentElement.lang.startsWith("en") ? en : zh;

export function word(key: Word, fill: Record<string, string | number> = {}): string {
  return words[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}

/** The word for a state of the life cycle; a state this build does not know is shown as it is named. */
export function stateWord(state: string): string {
  const key = `state_${state}`;
  return key in words ? words[key as Word] : state;
}
