// Where the journeys take place: for each database one real binary on one demo community, and one Chromium. Visitors read
// the language of the place, unless said otherwise.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openBrowser, openPage } from "../browser.mjs";
import { openHouse, openPostgresHouse } from "../house.mjs";
import { Machine, newSecret } from "./machine.mjs";
import { words } from "./words.mjs";

/** The micro-grid of the README's walk. */
export const grid = "510184999001-G01-M01";

const houses = { SQLite: openHouse, PostgreSQL: openPostgresHouse };

export class Place {
  constructor(database, locale) {
    this.database = database;
    this.locale = locale;
  }

  async open() {
    // the tests of limits stand elsewhere; here one machine is everybody
    this.machine = await new Machine().start();
    this.smsSecret = newSecret();
    const settings = {
      WEIGE_LIMITS__ANONYMOUS: "off",
      WEIGE_OUTBOX__PRIVATE: "true",
      WEIGE_SMS__URL: `${this.machine.origin}/sms`,
      WEIGE_SMS__SECRET: this.smsSecret,
    };
    [this.house, this.browser] = await Promise.all([houses[this.database](settings), openBrowser()]);
    this.origin = this.house.origin;
    const lines = (await readFile(join(this.house.data, "demo-accounts.txt"), "utf8")).trim().split("\n");
    this.passwords = new Map(lines.map((line) => line.split("\t")));
  }

  /** A test that says where it took place, and in which language. */
  test(name, body) {
    test(`${name} (${this.locale}, ${this.database})`, body);
  }

  /** A text of the pages by its key, in the language of the place. */
  said(key) {
    return words(this.locale, key);
  }

  async close() {
    await this.browser?.close();
    await this.house?.close();
    await this.machine?.stop();
  }

  /** Somebody with a browser of their own: a phone unless said otherwise, with scripts unless said otherwise. */
  async visitor(settings = {}) {
    const page = await openPage(this.browser, {
      origin: this.origin,
      baseURL: this.origin,
      locale: this.locale,
      viewport: { width: 360, height: 740 },
      ...settings,
    });
    page.setDefaultTimeout(20_000);
    return page;
  }

  /** Somebody of the community at a desk, signed in. */
  async colleague(account, settings = {}) {
    const page = await this.visitor({ viewport: { width: 1366, height: 768 }, ...settings });
    await page.goto("/sign-in");
    await page.locator("#name").fill(account);
    await page.locator("#password").fill(this.passwords.get(account));
    await page.locator("main form button").click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    return page;
  }
}

/** Ends a visit on which nothing may have gone wrong: no script error, no broken policy, no other origin asked. */
export async function leave(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

/** Opens a page that must be there. */
export async function open(page, path) {
  const answer = await page.goto(path);
  assert.equal(answer.status(), 200, path);
}
