// Office pages: htmx and the enhancements of every page: assets/office.js. htmx is told to evaluate nothing; pages use
// no hx-on and no js: values, so the policy needs neither eval nor inline scripts.

import "htmx.org";

import { focusErrors } from "./errors";
import { autosubmitFilters } from "./filters";
import { listKeys } from "./keys";
import { enhance } from "./page";

enhance();
listKeys();
autosubmitFilters();
document.addEventListener("htmx:after:swap", () => focusErrors());
