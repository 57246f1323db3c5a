// People on their way through the real binary, loaded with the demo community, in a real Chromium.

import { after, before } from "node:test";
import { keys } from "./journeys/keys.mjs";
import { live } from "./journeys/live.mjs";
import { office } from "./journeys/office.mjs";
import { pages } from "./journeys/pages.mjs";
import { Place } from "./journeys/place.mjs";
import { walk } from "./journeys/walk.mjs";
import { wrong } from "./journeys/wrong.mjs";

const place = new Place();
before(() => place.open());
after(() => place.close());

for (const journey of [walk, live, office, keys, wrong, pages]) journey(place);
