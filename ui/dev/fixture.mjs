// A small server with invented data, to look at the built files without the binary: `npm run build && npm run fixture`.
// It sends the same security policy as the real one, so what the policy forbids fails here too. Never part of the product.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { cockpit, invent } from "./fixture/cases.mjs";
import { collection, general, micro } from "./fixture/ground.mjs";
import * as pages from "./fixture/pages.mjs";
import { tile } from "./fixture/tiles.mjs";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; " +
  "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

export class Fixture {
  constructor() {
    this.seq = 100;
    this.cases = invent(140, Date.now());
    this.listeners = new Set();
    this.server = createServer((request, answer) => {
      this.respond(new URL(request.url, "http://fixture"), answer).catch((error) => {
        answer.writeHead(500).end(String(error));
      });
    });
  }

  async listen(port = 0) {
    await new Promise((done) => this.server.listen(port, "127.0.0.1", done));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** A new case arrives, and everybody who listens hears of it. */
  happen() {
    const [one] = invent(1, Date.now());
    this.seq += 1;
    this.cases.unshift({ ...one, number: `SL-20261123-9${this.seq}`, state: "reported", category: "新报事件" });
    for (const listener of this.listeners) this.tell(listener);
  }

  tell(listener) {
    const entry = { seq: this.seq, at: new Date().toISOString(), subject: "case", event: "reported" };
    listener.write(`id: ${this.seq}\ndata: ${JSON.stringify(entry)}\n\n`);
  }

  async respond({ pathname, searchParams: query }, answer) {
    answer.setHeader("content-security-policy", policy);
    if (pathname.startsWith("/assets/")) return this.asset(pathname, answer);
    if (pathname.startsWith("/tiles/")) return this.tile(pathname, answer);
    if (pathname === "/api/v1/events") return this.stream(answer);
    const page = { "/gallery": pages.gallery, "/cockpit": pages.cockpit, "/map": pages.map, "/pick": pages.pick }[pathname];
    if (page) return send(answer, "text/html; charset=utf-8", await page(query));
    const data = this.data(pathname, query);
    if (data) return send(answer, "application/json", JSON.stringify(data));
    answer.writeHead(404).end();
  }

  data(pathname, query) {
    if (pathname === "/cockpit/data") return cockpit(this.cases, this.seq, Date.now());
    if (pathname === "/api/v1/grids") return collection({ general, micro }[query.get("level")] ?? []);
    if (pathname === "/api/v1/cases") {
      const open = this.cases.filter((one) => one.state !== "closed");
      return { total: open.length, items: open, next: null };
    }
    if (pathname === "/api/v1/locate") return { grids: [micro[7].properties], on_duty: [] };
    return null;
  }

  async asset(pathname, answer) {
    const body = await readFile(new URL(`../dist${pathname}`, import.meta.url));
    send(answer, types[extname(pathname)] ?? "application/octet-stream", body);
  }

  tile(pathname, answer) {
    const [z, x, y] = pathname.match(/\d+/g).map(Number);
    const body = tile(z, x, y);
    if (body) send(answer, "application/vnd.mapbox-vector-tile", body);
    else answer.writeHead(204).end();
  }

  stream(answer) {
    answer.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    answer.write(": welcome\n\n");
    this.listeners.add(answer);
    answer.on("close", () => this.listeners.delete(answer));
  }
}

function send(answer, type, body) {
  answer.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const fixture = new Fixture();
  const address = await fixture.listen(Number(process.env.PORT ?? 5180));
  setInterval(() => fixture.happen(), 8000);
  console.log(["/gallery", "/gallery?elder", "/cockpit", "/cockpit?lang=en", "/map", "/pick"].map((at) => address + at).join("\n"));
}
