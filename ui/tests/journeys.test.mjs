// People on their way through the real binary, loaded with the demo community, in a real Chromium.

import { after, before } from "node:test";
import { complaint } from "./journeys/complaint.mjs";
import { keys } from "./journeys/keys.mjs";
import { live } from "./journeys/live.mjs";
import { mediation } from "./journeys/mediation.mjs";
import { office } from "./journeys/office.mjs";
import { outbox } from "./journeys/outbox.mjs";
import { pages } from "./journeys/pages.mjs";
import { Place } from "./journeys/place.mjs";
import { referral } from "./journeys/referral.mjs";
import { routing } from "./journeys/routing.mjs";
import { sheet } from "./journeys/sheet.mjs";
import { supervision } from "./journeys/supervision.mjs";
import { visit } from "./journeys/visit.mjs";
import { wording } from "./journeys/wording.mjs";
import { walk } from "./journeys/walk.mjs";
import { whistle } from "./journeys/whistle.mjs";
import { wrong } from "./journeys/wrong.mjs";

const place = new Place();
before(() => place.open());
after(() => place.close());

for (const journey of [walk, visit, whistle, live, office, sheet, routing, referral, mediation, complaint, supervision, wording, outbox, keys, wrong, pages]) journey(place);
