// Builds everything the binary embeds: dist/assets.
import { mkdir, rm } from "node:fs/promises";
import { icons } from "./icons.mjs";
import { scripts } from "./scripts.mjs";
import { styles } from "./styles.mjs";

const out = "dist/assets";
await rm("dist", { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([styles(out), icons(out), scripts()]);
