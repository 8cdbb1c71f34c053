/**
 * Makes one picture out of what comes by stdin, as a process of its own: whatever a strange file does to a
 * decoder, it does it here, without secrets, and the memory goes back with the process. Ends with 0 and the
 * picture on stdout, or with one of the codes of `pictures.ts`.
 */
import { buffer } from "node:stream/consumers";
import sharp, { type ResizeOptions } from "sharp";
import { MOST_PIXELS, PAGE_PIXELS, refusalCodes, SIDE_PIXELS } from "./limits.ts";

// Only decoders of pictures that people take; none that reads other files, draws text or runs markup.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Nsgif"].map((format) => `VipsForeignLoad${format}Buffer`),
});
sharp.cache(false);
sharp.concurrency(1);

const square = { width: SIDE_PIXELS, height: SIDE_PIXELS, background: "#ffffff" };
const size: ResizeOptions =
  process.argv[2] === "page"
    ? { width: PAGE_PIXELS, height: PAGE_PIXELS, fit: "inside", withoutEnlargement: true }
    : { ...square, fit: process.argv[2] === "logo" ? "contain" : "cover" };

async function make(): Promise<number> {
  const picture = sharp(await buffer(process.stdin), { limitInputPixels: MOST_PIXELS, failOn: "error" });
  try {
    await picture.metadata();
  } catch (error) {
    return /pixel limit/i.test(String(error)) ? refusalCodes["too-many-pixels"] : refusalCodes.broken;
  }
  try {
    // Turned as the camera was held; all that it wrote beside the picture (place, time, its name) stays here.
    const made = await picture
      .autoOrient()
      .resize(size)
      .flatten({ background: "#ffffff" })
      .webp({ quality: 82 })
      .toBuffer();
    process.stdout.write(made);
    return 0;
  } catch (error) {
    return /pixel limit/i.test(String(error)) ? refusalCodes["too-many-pixels"] : refusalCodes.broken;
  }
}

process.exitCode = await make();
