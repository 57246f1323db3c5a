// Somebody else's machine beside the house: takes signed requests and keeps them for the test to look at.

import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

/** A new secret as Standard Webhooks writes it. */
export const newSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

/** True when one of the signatures of a request was made with the secret. */
export function isSigned({ headers, body }, secret) {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const wanted = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return headers["webhook-signature"].split(" ").includes(wanted);
}

export class Machine {
  async start() {
    this.got = [];
    this.server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      this.got.push({ path: request.url, headers: request.headers, body });
      response.writeHead(204).end();
      this.server.emit("taken");
    });
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.origin = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  /** The first request that fits, now or when it comes. */
  async taken(fits) {
    for (;;) {
      const found = this.got.find(fits);
      if (found) return found;
      await once(this.server, "taken", { signal: AbortSignal.timeout(20_000) });
    }
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
