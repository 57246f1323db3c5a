// What people see: no emoji, nothing loaded from other places, no italics, and every text in both languages.

import { fault, perLine } from "./files.mjs";

const shown = /^(locales|ui|crates\/web\/templates|demo)\//;
const words = /\.(ftl|html|txt|ts|svelte|css|svg|mjs|js|json|xml)$/;
const notShown = /^ui\/(tests|build)\/|package-lock\.json$/;
const pages = (files) => files.filter(({ path }) => shown.test(path) && words.test(path) && !notShown.test(path));

// Signs that fonts draw in colour, and those that U+FE0F makes so; arrows and ticks in one colour are letters.
const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\u{1F000}-\u{1FAFF}]/u;

export function noEmoji(files) {
  return pages(files).flatMap((file) => perLine("emoji", file, (line) => emoji.exec(line) && "emoji: draw an icon in ui/shared/icons"));
}

// Names of namespaces are never asked for over the net; the own machine is no third party.
const known = /^(www\.w3\.org|127\.0\.0\.1|localhost|\[::1\]|[^/]*\.example|example\.(org|com|net))(:|\/|$)/;

export function origins(files) {
  return pages(files).flatMap((file) =>
    perLine("origins", file, (line) => {
      const found = [...line.matchAll(/(?:https?:|["'(=]\s*)\/\/([\w.[\]:-]+\.[\w-]+[^\s"')<>]*)/g)];
      const other = found.map(([, origin]) => origin).find((origin) => !known.test(origin));
      return other && `another origin: ${other}`;
    }),
  );
}

const slanted = /font-style\s*:\s*(italic|oblique)|font(-synthesis)?\s*:[^;]*\b(italic|oblique)\b|fontStyle\s*[:=]\s*["'](italic|oblique)/;

export function italics(files) {
  const styled = files.filter(({ path }) => /\.(css|svelte|html|ts)$/.test(path) && shown.test(path) && !notShown.test(path));
  return styled.flatMap((file) => perLine("italics", file, (line) => slanted.test(line) && "Chinese is never set in italics"));
}

/** The same keys (and their attributes) in locales/zh-CN and locales/en, file by file, each once. */
export function locales(files) {
  const of = (language) => new Map(files.flatMap((file) =>
    file.path.startsWith(`locales/${language}/`) && file.path.endsWith(".ftl") ? [[file.path.split("/").slice(2).join("/"), file]] : []));
  const [chinese, english] = [of("zh-CN"), of("en")];
  return [...new Set([...chinese.keys(), ...english.keys()])].flatMap((name) => [
    ...missing(chinese.get(name), english.get(name), `locales/en/${name}`),
    ...missing(english.get(name), chinese.get(name), `locales/zh-CN/${name}`),
    ...[chinese, english].flatMap((language) => twice(language.get(name))),
  ]);
}

function missing(from, to, path) {
  const there = new Set(to ? keys(to) : []);
  return (from ? keys(from) : []).filter((key) => !there.has(key)).map((key) => fault("locales", { path }, 0, `${key} is missing`));
}

function twice(file) {
  const all = file ? keys(file) : [];
  return all.filter((key, at) => all.indexOf(key) !== at).map((key) => fault("locales", file, 0, `${key} stands twice`));
}

const key = /^(-?[a-zA-Z][\w-]*) *=|^\s+(\.[a-zA-Z][\w-]*) *=/;

function keys({ lines }) {
  let message = "";
  return lines.flatMap((line) => {
    const [, name, attribute] = key.exec(line) ?? [];
    if (name) return [(message = name)];
    return attribute ? [`${message}${attribute}`] : [];
  });
}
