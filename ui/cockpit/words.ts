// The wall's own words and its way to write numbers and times, in the language of the page.

import en from "./locales/en.json";
import zh from "./locales/zh-CN.json";

export type Word = keyof typeof zh;

const english = document.documentElement.lang.startsWith("en");
const words: Record<string, string> = english ? en : zh;
const locale = english ? "en-GB" : "zh-CN";
const zone = "Asia/Shanghai";

export function word(key: Word, fill: Record<string, string | number> = {}): string {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}

/** The word of a key that came with the data; what this build does not know falls back. */
export function wordFor(key: string, fallback: string): string {
  return words[key] ?? fallback;
}

export const number = new Intl.NumberFormat(locale);
export const percent = new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
export const moment = new Intl.DateTimeFormat(locale, { timeZone: zone, month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false });
export const date = new Intl.DateTimeFormat(locale, { timeZone: zone, year: "numeric", month: "long", day: "numeric", weekday: "long" });
