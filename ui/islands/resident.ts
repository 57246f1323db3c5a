// Resident pages: assets/resident.js.

import { enhance } from "./page";

enhance();
