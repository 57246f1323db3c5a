// Makes photos smaller before they are sent: <input type="file" data-shrink>. Drawing them anew also drops what the
// camera wrote beside the picture, its position among it; the server does both again for those without scripts.

import { make } from "./dom";
import { word } from "./words";

/** The longer side in pixels. */
const longest = 1600;
const quality = 0.82;

export function shrinkPhotos(): void {
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.matches?.("input[type=file][data-shrink]") && input.files?.length) void shrinkAll(input);
  });
}

async function shrinkAll(input: HTMLInputElement): Promise<void> {
  const said = sayBeside(input);
  const senders = [...(input.form?.elements ?? [])].filter((one) => one instanceof HTMLButtonElement && one.type === "submit");
  const hold = (held: boolean) => senders.forEach((one) => ((one as HTMLButtonElement).disabled = held));
  hold(true);
  said.textContent = word("shrinking");
  const smaller = new DataTransfer();
  for (const file of input.files ?? []) smaller.items.add(await shrink(file));
  input.files = smaller.files;
  said.textContent = word("shrunk", { n: smaller.files.length });
  hold(false);
}

/** A smaller JPEG; the file as it is where the browser cannot read it, so that the server can say why. */
async function shrink(file: File): Promise<File> {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, longest / Math.max(image.width, image.height));
    const canvas = make("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
    return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

function sayBeside(input: HTMLInputElement): HTMLElement {
  const next = input.nextElementSibling;
  if (next instanceof HTMLElement && next.matches("[data-shrink-said]")) return next;
  const said = make("p", { class: "field__hint", role: "status", "data-shrink-said": "" });
  input.after(said);
  return said;
}
