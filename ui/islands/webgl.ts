// Whether this machine can draw the map at all; if not, the server's list stays.

export function canDraw(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}
