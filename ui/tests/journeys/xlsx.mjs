// Just enough of xlsx to read the first sheet back: a zip of deflated parts, rows of cells with shared or inline texts.

import { inflateRawSync } from "node:zlib";

/** The rows of the first sheet, each a list of texts. */
export function rowsOf(bytes) {
  const parts = unzip(bytes);
  const shared = texts(parts.get("xl/sharedStrings.xml") ?? "", "si");
  const sheet = parts.get("xl/worksheets/sheet1.xml");
  return [...sheet.matchAll(/<row\b[^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
    [...row.matchAll(/<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes, inside = ""]) => {
      const value = /<v>(.*?)<\/v>/s.exec(inside)?.[1] ?? "";
      return /t="s"/.test(attributes) ? shared[Number(value)] : value || texts(inside, "is")[0] || "";
    }),
  );
}

function texts(xml, tag) {
  const wholes = [...xml.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))];
  return wholes.map(([, one]) => [...one.matchAll(/<t\b[^>]*>(.*?)<\/t>/gs)].map(([, text]) => text).join(""));
}

function unzip(bytes) {
  const parts = new Map();
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [packed, name, extra, comment] = [20, 28, 30, 32].map((place) =>
      place === 20 ? bytes.readUInt32LE(at + place) : bytes.readUInt16LE(at + place),
    );
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = bytes.subarray(from, from + packed);
    const whole = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(body) : body;
    parts.set(bytes.toString("utf8", at + 46, at + 46 + name), whole.toString("utf8"));
    at += 46 + name + extra + comment;
  }
  return parts;
}
