// Starts the real binary on a demo of its own in a folder of its own, and stops it again.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Loading the demo replays 14 months of cases, so the first address may take a while. */
const patience = 180_000;

const run = promisify(execFile);
const postgres = fileURLToPath(new URL("../../tools/postgres", import.meta.url));

/** A house on a PostgreSQL cluster of its own, which goes with it. */
export async function openPostgresHouse(settings = {}) {
  // a short path, because the socket's name may have no more than 107 bytes
  const cluster = await mkdtemp(`${process.env.WEIGE_TEST_CLUSTERS ?? "/tmp"}/weige-pg-`);
  const stop = () => run(postgres, ["stop", cluster]);
  try {
    await run(postgres, ["start", cluster]);
    const { stdout } = await run(postgres, ["url", cluster]);
    const house = await openHouse({ ...settings, WEIGE_DATABASE: stdout.trim() });
    return { ...house, close: () => house.close().finally(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A house of its own; or, while writing tests, the one that runs at WEIGE_AT with its data in WEIGE_DATA. */
export async function openHouse(settings = {}) {
  const { WEIGE_AT: origin, WEIGE_DATA: at } = process.env;
  if (origin && at) return { origin, data: at, close: async () => {} };
  if (!process.env.WEIGE_BIN) throw new Error("WEIGE_BIN names no binary to drive; `make test` builds one and says so");
  const data = await mkdtemp(join(tmpdir(), "weige-ui-"));
  const server = spawn(process.env.WEIGE_BIN, ["demo", "--listen", "127.0.0.1:0", "--data", data], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const close = async () => {
    if (server.exitCode === null) {
      const ended = new Promise((done) => server.once("exit", done));
      server.kill("SIGTERM");
      await ended;
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { origin: await printedAddress(server), data, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function printedAddress(server) {
  return new Promise((found, failed) => {
    let said = "";
    const tooLate = setTimeout(() => failed(new Error(`no address was printed:\n${said}`)), patience);
    const hear = (chunk) => {
      said += chunk;
      const address = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(said);
      if (!address) return;
      clearTimeout(tooLate);
      found(address[0]);
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.once("error", failed);
    server.once("exit", (code) => failed(new Error(`the server ended with ${code}:\n${said}`)));
  });
}
