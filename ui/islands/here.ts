// "Where I am": <button data-here hidden data-lon data-lat …>. Shown where the browser can tell; asked for only when pressed.
// Where no map stands beside it, <button data-not-here hidden> takes the place out again, as long as there is one.

import { placeForm } from "./place";
import { word } from "./words";

export function offerHere(): void {
  // browsers tell the position on secure pages only
  if (!("geolocation" in navigator) || !window.isSecureContext) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-here]")) {
    const form = placeForm(button);
    if (!form) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      form.say(word("position_asked"));
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => form.set({ lng: coords.longitude, lat: coords.latitude }),
        () => form.say(word("position_refused")),
        { enableHighAccuracy: true, timeout: 10_000 },
      );
    });
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-not-here]")) {
    const form = placeForm(button);
    if (!form) continue;
    const show = () => (button.hidden = !form.place());
    form.onChange(show);
    button.addEventListener("click", () => form.set(null));
    show();
  }
}
