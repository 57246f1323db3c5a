// People on their way through the real binary, loaded with the demo community, in a real Chromium: the life of a case in full in
// Chinese on SQLite and in English on PostgreSQL, the other journeys once.

import { after, before } from "node:test";
import { clocks } from "./journeys/clocks.mjs";
import { complaint } from "./journeys/complaint.mjs";
import { duplicate } from "./journeys/duplicate.mjs";
import { figures } from "./journeys/figures.mjs";
import { keys } from "./journeys/keys.mjs";
import { labels } from "./journeys/labels.mjs";
import { live } from "./journeys/live.mjs";
import { map } from "./journeys/map.mjs";
import { mediation } from "./journeys/mediation.mjs";
import { office } from "./journeys/office.mjs";
import { outbox } from "./journeys/outbox.mjs";
import { ownership } from "./journeys/ownership.mjs";
import { pages } from "./journeys/pages.mjs";
import { paper } from "./journeys/paper.mjs";
import { Place } from "./journeys/place.mjs";
import { referral } from "./journeys/referral.mjs";
import { routing } from "./journeys/routing.mjs";
import { settings } from "./journeys/settings.mjs";
import { sheet } from "./journeys/sheet.mjs";
import { supervision } from "./journeys/supervision.mjs";
import { visit } from "./journeys/visit.mjs";
import { wording } from "./journeys/wording.mjs";
import { walk } from "./journeys/walk.mjs";
import { whistle } from "./journeys/whistle.mjs";
import { wrong } from "./journeys/wrong.mjs";

/** The life of a case in full. */
const everywhere = [figures, walk, visit, whistle, sheet, duplicate, routing, ownership, clocks, referral, mediation, complaint, supervision];
/** What has both languages in itself. */
const bilingual = [wording, settings];
const once = [live, office, outbox, keys, labels, wrong, map, paper, pages];

const sqlite = new Place("SQLite", "zh-CN");
// a house that is given for writing tests is one
const places = process.env.WEIGE_AT ? [sqlite] : [sqlite, new Place("PostgreSQL", "en")];
for (const place of places) {
  before(() => place.open());
  after(() => place.close());
  for (const journey of [...everywhere, ...bilingual]) journey(place);
}
for (const journey of once) journey(sqlite);
