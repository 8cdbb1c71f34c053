import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { MOST_BYTES } from "./limits.ts";
import { createPictureMaker, type PictureOutcome } from "./pictures.ts";

const make = createPictureMaker();

/** Red on the left, blue on the right, so that turning and cutting can be seen. */
async function halves(width: number, height: number): Promise<Sharp> {
  const half = { width: width / 2, height, channels: 3 as const };
  const blue = await sharp({ create: { ...half, background: "#0000ff" } })
    .png()
    .toBuffer();
  const red = sharp({ create: { ...half, width, background: "#ff0000" } });
  return sharp(
    await red
      .composite([{ input: blue, left: width / 2, top: 0 }])
      .png()
      .toBuffer(),
  );
}

async function made(sent: Uint8Array): Promise<Uint8Array> {
  const outcome = await make(sent);
  assert.equal(outcome.kind, "made");
  return outcome.kind === "made" ? outcome.bytes : new Uint8Array();
}

async function colourAt(picture: Uint8Array, left: number, top: number): Promise<string> {
  const { data } = await sharp(picture)
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data].map((part) => (part > 128 ? "1" : "0")).join("");
}

/** A PNG by hand: its header may say anything. */
function png(width: number, height: number, pixels: Buffer): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
}

for (const format of ["jpeg", "png", "webp", "gif"] as const) {
  test(`a ${format} becomes a square of 256 px around its middle`, async () => {
    const photo = await made(await (await halves(600, 400)).toFormat(format).toBuffer());
    const { format: kept, width, height } = await sharp(photo).metadata();
    assert.deepEqual({ kept, width, height }, { kept: "webp", width: 256, height: 256 });
    assert.deepEqual([await colourAt(photo, 20, 128), await colourAt(photo, 235, 128)], ["100", "001"]);
  });
}

test("a logo is kept whole in the middle of a white square", async () => {
  const sent = await (await halves(600, 200)).png().toBuffer();
  const outcome = await createPictureMaker("logo")(sent);
  assert.equal(outcome.kind, "made");
  const logo = outcome.kind === "made" ? outcome.bytes : new Uint8Array();
  const { width, height, hasAlpha } = await sharp(logo).metadata();
  assert.deepEqual({ width, height, hasAlpha }, { width: 256, height: 256, hasAlpha: false });
  const colours = [
    await colourAt(logo, 10, 128),
    await colourAt(logo, 245, 128),
    await colourAt(logo, 128, 9),
  ];
  assert.deepEqual(colours, ["100", "001", "111"]);
});

test("a photo is turned as the camera was held, and tells nothing of camera, place or owner", async () => {
  const sent = await (await halves(600, 600))
    .jpeg()
    .withExif({ IFD0: { Copyright: "Анна", Make: "camera" }, IFD3: { GPSLatitude: "55/1 45/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const photo = await made(sent);
  assert.deepEqual([await colourAt(photo, 128, 20), await colourAt(photo, 128, 235)], ["100", "001"]);
  const { exif, xmp, iptc, icc, orientation } = await sharp(photo).metadata();
  assert.deepEqual(
    { exif, xmp, iptc, icc, orientation },
    {
      exif: undefined,
      xmp: undefined,
      iptc: undefined,
      icc: undefined,
      orientation: undefined,
    },
  );
});

test("of a moving picture the first frame is kept, of a transparent one a white ground", async () => {
  const frames = Buffer.concat([Buffer.alloc(64 * 64 * 3, 250), Buffer.alloc(64 * 64 * 3, 5)]);
  const gif = await sharp(frames, { raw: { width: 64, height: 128, channels: 3, pageHeight: 64 } })
    .gif({ delay: [100, 100] })
    .toBuffer();
  assert.equal((await sharp(gif).metadata()).pages, 2);
  const photo = await made(gif);
  assert.equal((await sharp(photo).metadata()).pages, undefined);
  assert.equal(await colourAt(photo, 128, 128), "111");
  const clear = sharp({ create: { width: 50, height: 50, channels: 4, background: "#00000000" } });
  assert.equal(await colourAt(await made(await clear.png().toBuffer()), 128, 128), "111");
});

test("a file that is a photo and a page at once loses the page", async () => {
  const script = Buffer.from("<script>alert(1)</script>");
  const jpeg = await (await halves(300, 300)).jpeg().toBuffer();
  for (const sent of [Buffer.concat([jpeg, script]), await withComment(jpeg, script)]) {
    assert.equal(Buffer.from(await made(sent)).includes("script"), false);
  }
});

async function withComment(jpeg: Buffer, text: Buffer): Promise<Buffer> {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe]), length, text, jpeg.subarray(2)]);
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';

const refused: Record<string, { kind: PictureOutcome["kind"]; sent(): Promise<Uint8Array> | Uint8Array }> = {
  "an SVG": { kind: "not-a-picture", sent: () => Buffer.from(svg) },
  "an SVG that begins like a PNG": {
    kind: "broken",
    sent: () => Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from(svg)]),
  },
  "a TIFF": { kind: "not-a-picture", sent: async () => (await halves(60, 60)).tiff().toBuffer() },
  "a PDF": { kind: "not-a-picture", sent: () => Buffer.from("%PDF-1.7\n") },
  "a text": { kind: "not-a-picture", sent: () => Buffer.from("просто текст") },
  nothing: { kind: "not-a-picture", sent: () => new Uint8Array() },
  "a HEIC": { kind: "heic", sent: () => Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1") },
  "an AVIF": { kind: "heic", sent: async () => (await halves(60, 60)).avif({ effort: 0 }).toBuffer() },
  "a JPEG cut in half": {
    kind: "broken",
    sent: async () => {
      const whole = await (await halves(900, 900)).jpeg().toBuffer();
      return whole.subarray(0, whole.length / 2);
    },
  },
  "the head of a JPEG before noise": {
    kind: "broken",
    sent: () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(9_000, 0x41)]),
  },
  "a PNG of 40,000 by 40,000 in 50 KB": {
    kind: "too-many-pixels",
    sent: () => png(40_000, 40_000, Buffer.alloc(50_000_000)),
  },
  "a PNG whose header promises more than there is": {
    kind: "broken",
    sent: () => png(4_000, 4_000, Buffer.alloc(1_000)),
  },
  "more than 5 MB": { kind: "not-a-picture", sent: () => Buffer.alloc(MOST_BYTES + 1, 0xff) },
};

for (const [name, { kind, sent }] of Object.entries(refused)) {
  test(`${name} is refused as ${kind}`, async () => {
    assert.deepEqual(await make(await sent()), { kind });
  });
}

test("photos are made one at a time, four wait, and the next is told to come back", async () => {
  const own = createPictureMaker();
  const jpeg = await (await halves(300, 300)).jpeg().toBuffer();
  const all = await Promise.all(Array.from({ length: 6 }, () => own(jpeg)));
  const kinds = all.map(({ kind }) => kind).toSorted();
  assert.deepEqual(kinds, ["busy", "busy", "made", "made", "made", "made"]);
  assert.equal((await own(jpeg)).kind, "made", "and then there is room again");
});

test("a broken file in between spoils nothing for those who wait behind it", async () => {
  const own = createPictureMaker();
  const jpeg = await (await halves(300, 300)).jpeg().toBuffer();
  const [first, second] = await Promise.all([own(jpeg.subarray(0, 600)), own(jpeg)]);
  assert.deepEqual([first.kind, second.kind], ["broken", "made"]);
});
