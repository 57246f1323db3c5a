// The little that makes any page nicer where scripts run. Every page works without it.

import { confirmForms } from "./confirm";
import { focusErrors } from "./errors";
import { offerHere } from "./here";
import { printAndCopy } from "./paper";
import { shrinkPhotos } from "./photos";

export function enhance(): void {
  focusErrors();
  confirmForms();
  printAndCopy();
  shrinkPhotos();
  offerHere();
}
