// Looks at a picture: a map that silently stayed blank has one colour.

/** Waits until an element shows at least so many clearly different colours; a blank map never does. */
export async function untilDrawn(page, selector, least) {
  for (let tries = 0; tries < 60; tries += 1) {
    if ((await colours(page, selector)) >= least) return;
    await page.waitForTimeout(250);
  }
  throw new Error(`${selector} stayed blank`);
}

/** How many clearly different colours an element shows. */
async function colours(page, selector) {
  const png = await page.locator(selector).first().screenshot();
  return page.evaluate(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) seen.add(`${data[at] >> 4},${data[at + 1] >> 4},${data[at + 2] >> 4}`);
    return seen.size;
  }, `data:image/png;base64,${png.toString("base64")}`);
}
