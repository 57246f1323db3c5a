// What cargo knows of the workspace. Ends the program with cargo's own words when cargo refuses.

import { spawnSync } from "node:child_process";

/** `cargo metadata` with more arguments, parsed. Never changes the lock file. */
export function metadata(...more) {
  const args = ["metadata", "--locked", "--format-version", "1", ...more];
  const { status, stdout } = spawnSync("cargo", args, { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) process.exit(1);
  return JSON.parse(stdout);
}
