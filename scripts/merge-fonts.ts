/**
 * Joins two variable TrueType fonts cut from the same design into one: the second one's glyphs come after
 * the first one's. Layout tables (kerning) stay those of the first; digits of the second become those of
 * its `tnum` feature. Formats: OpenType 1.9, chapters glyf, gvar, cmap, GSUB.
 */
type Tables = Map<string, Buffer>;

interface Glyph {
  readonly outline: Buffer;
  readonly variation: Buffer;
  /** Advance width and left side bearing, four bytes. */
  readonly metrics: Buffer;
}

export function mergeFonts(first: Buffer, second: Buffer): Buffer {
  const one = readTables(first);
  const two = readTables(second);
  const ours = readGlyphs(one);
  const shift = ours.length - 1;
  const tuplesBefore = table(one, "gvar").readUInt16BE(6);
  // Its glyph 0 is the box for missing characters, which the first font has as well.
  const theirs = readGlyphs(two).slice(1);
  const glyphs = [
    ...ours,
    ...theirs.map((glyph) => ({
      outline: withParts(glyph.outline, (part) => part + shift),
      variation: withSharedTuples(glyph.variation, (index) => index + tuplesBefore),
      metrics: glyph.metrics,
    })),
  ];
  const tabular = readSingleSubstitutions(two);
  const characters = readCharacters(two).map(
    ([code, glyph]) => [code, (tabular.get(glyph) ?? glyph) + shift] as const,
  );

  const joined: Tables = new Map(one);
  joined.set("cmap", writeCharacters([...readCharacters(one), ...characters]));
  joined.set("gvar", writeVariations(one, two, glyphs));
  joined.set("glyf", Buffer.concat(glyphs.map((glyph) => glyph.outline)));
  joined.set("loca", offsets(glyphs.map((glyph) => glyph.outline.length)));
  joined.set("hmtx", Buffer.concat(glyphs.map((glyph) => glyph.metrics)));
  joined.set("maxp", largest(table(one, "maxp"), table(two, "maxp"), glyphs.length));
  const head = Buffer.from(table(one, "head"));
  head.writeInt16BE(1, 50); // loca with 32-bit offsets
  joined.set("head", head);
  const hhea = Buffer.from(table(one, "hhea"));
  hhea.writeUInt16BE(glyphs.length, 34);
  joined.set("hhea", hhea);
  return writeTables(joined);
}

function readTables(font: Buffer): Tables {
  const tables: Tables = new Map();
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const entry = 12 + index * 16;
    const start = font.readUInt32BE(entry + 8);
    tables.set(
      font.toString("latin1", entry, entry + 4),
      font.subarray(start, start + font.readUInt32BE(entry + 12)),
    );
  }
  return tables;
}

/** Checksums are left at zero: the subsetter that writes the final file counts them anew. */
function writeTables(tables: Tables): Buffer {
  const names = [...tables.keys()].sort();
  const header = Buffer.alloc(12 + names.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(names.length, 4);
  const bodies: Buffer[] = [];
  let position = header.length;
  names.forEach((name, index) => {
    const body = table(tables, name);
    const entry = 12 + index * 16;
    header.write(name, entry, "latin1");
    header.writeUInt32BE(position, entry + 8);
    header.writeUInt32BE(body.length, entry + 12);
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
    bodies.push(padded);
    position += padded.length;
  });
  return Buffer.concat([header, ...bodies]);
}

function table(tables: Tables, name: string): Buffer {
  const found = tables.get(name);
  if (!found) throw new Error(`the font has no table ${name}`);
  return found;
}

function readGlyphs(tables: Tables): Glyph[] {
  const [glyf, loca, gvar, hmtx] = [
    table(tables, "glyf"),
    table(tables, "loca"),
    table(tables, "gvar"),
    table(tables, "hmtx"),
  ];
  const count = table(tables, "maxp").readUInt16BE(4);
  const metricsCount = table(tables, "hhea").readUInt16BE(34);
  const longLoca = table(tables, "head").readInt16BE(50) === 1;
  const longGvar = (gvar.readUInt16BE(14) & 1) === 1;
  const variations = gvar.readUInt32BE(16);
  const at = (source: Buffer, index: number, long: boolean) =>
    long ? source.readUInt32BE(index * 4) : source.readUInt16BE(index * 2) * 2;
  return Array.from({ length: count }, (_, index) => ({
    outline: glyf.subarray(at(loca, index, longLoca), at(loca, index + 1, longLoca)),
    variation: gvar.subarray(
      variations + at(gvar.subarray(20), index, longGvar),
      variations + at(gvar.subarray(20), index + 1, longGvar),
    ),
    metrics: Buffer.concat([
      hmtx.subarray(Math.min(index, metricsCount - 1) * 4).subarray(0, 2),
      index < metricsCount
        ? hmtx.subarray(index * 4 + 2, index * 4 + 4)
        : hmtx.subarray(metricsCount * 4 + (index - metricsCount) * 2).subarray(0, 2),
    ]),
  }));
}

/** A composite glyph (й, ё) names its parts by number. */
function withParts(outline: Buffer, renumber: (part: number) => number): Buffer {
  const result = Buffer.from(outline);
  if (result.length === 0 || result.readInt16BE(0) >= 0) return result;
  let position = 10;
  for (let more = true; more; ) {
    const flags = result.readUInt16BE(position);
    result.writeUInt16BE(renumber(result.readUInt16BE(position + 2)), position + 2);
    const scale = flags & 0x08 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0;
    position += 4 + (flags & 0x01 ? 4 : 2) + scale;
    more = (flags & 0x20) !== 0;
  }
  return result;
}

/** A variation may name the place on the weight axis by its number in a list that the whole font shares. */
function withSharedTuples(variation: Buffer, renumber: (index: number) => number): Buffer {
  const result = Buffer.from(variation);
  if (result.length === 0) return result;
  let position = 4;
  for (let left = result.readUInt16BE(0) & 0x0fff; left > 0; left--) {
    const index = result.readUInt16BE(position + 2);
    const embedded = (index & 0x8000) !== 0;
    if (!embedded) result.writeUInt16BE((index & 0xf000) | renumber(index & 0x0fff), position + 2);
    // One axis: two bytes for an own peak, four for a start and an end.
    position += 4 + (embedded ? 2 : 0) + (index & 0x4000 ? 4 : 0);
  }
  return result;
}

function writeVariations(one: Tables, two: Tables, glyphs: readonly Glyph[]): Buffer {
  const shared = [table(one, "gvar"), table(two, "gvar")].map((gvar) => {
    const start = gvar.readUInt32BE(8);
    return gvar.subarray(start, start + gvar.readUInt16BE(6) * 2);
  });
  const tuples = Buffer.concat(shared);
  const places = offsets(glyphs.map((glyph) => glyph.variation.length));
  const header = Buffer.alloc(20);
  header.writeUInt16BE(1, 0);
  header.writeUInt16BE(1, 4); // one axis
  header.writeUInt16BE(tuples.length / 2, 6);
  header.writeUInt32BE(20 + places.length, 8);
  header.writeUInt16BE(glyphs.length, 12);
  header.writeUInt16BE(1, 14); // 32-bit offsets
  header.writeUInt32BE(20 + places.length + tuples.length, 16);
  return Buffer.concat([header, places, tuples, ...glyphs.map((glyph) => glyph.variation)]);
}

function offsets(lengths: readonly number[]): Buffer {
  const result = Buffer.alloc((lengths.length + 1) * 4);
  let position = 0;
  lengths.forEach((length, index) => {
    position += length;
    result.writeUInt32BE(position, (index + 1) * 4);
  });
  return result;
}

function largest(one: Buffer, two: Buffer, glyphCount: number): Buffer {
  const result = Buffer.from(one);
  for (let at = 6; at < 32; at += 2)
    result.writeUInt16BE(Math.max(one.readUInt16BE(at), two.readUInt16BE(at)), at);
  result.writeUInt16BE(glyphCount, 4);
  return result;
}

/** Pairs of character and glyph from the subtable of format 4. */
function readCharacters(tables: Tables): Array<readonly [code: number, glyph: number]> {
  const cmap = table(tables, "cmap");
  const starts = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.readUInt32BE(8 + index * 8));
  const start = starts.find((at) => cmap.readUInt16BE(at) === 4);
  if (start === undefined) throw new Error("the font has no character map of format 4");
  const map = cmap.subarray(start);
  const size = map.readUInt16BE(6);
  const pairs: Array<readonly [number, number]> = [];
  for (let at = 0; at < size; at += 2) {
    const [end, begin] = [map.readUInt16BE(14 + at), map.readUInt16BE(16 + size + at)];
    const delta = map.readUInt16BE(16 + 2 * size + at);
    const rangeAt = 16 + 3 * size + at;
    const range = map.readUInt16BE(rangeAt);
    for (let code = begin; code <= end && code < 0xffff; code++) {
      const listed = range === 0 ? code : map.readUInt16BE(rangeAt + range + (code - begin) * 2);
      if (listed !== 0) pairs.push([code, (listed + delta) & 0xffff]);
    }
  }
  return pairs;
}

/** One segment for each run of characters whose glyphs run alike; the subsetter packs them better later. */
function writeCharacters(pairs: ReadonlyArray<readonly [code: number, glyph: number]>): Buffer {
  const sorted = [...pairs].sort(([left], [right]) => left - right);
  const segments: Array<{ begin: number; end: number; delta: number }> = [];
  for (const [code, glyph] of sorted) {
    const last = segments.at(-1);
    const delta = (glyph - code) & 0xffff;
    if (last && last.end === code - 1 && last.delta === delta) last.end = code;
    else segments.push({ begin: code, end: code, delta });
  }
  segments.push({ begin: 0xffff, end: 0xffff, delta: 1 });
  const size = segments.length * 2;
  const map = Buffer.alloc(12 + 16 + 4 * size);
  map.writeUInt16BE(1, 2);
  map.writeUInt16BE(3, 4); // Windows, Unicode
  map.writeUInt16BE(1, 6);
  map.writeUInt32BE(12, 8);
  map.writeUInt16BE(4, 12);
  map.writeUInt16BE(map.length - 12, 14);
  map.writeUInt16BE(size, 18);
  segments.forEach(({ begin, end, delta }, index) => {
    map.writeUInt16BE(end, 26 + index * 2);
    map.writeUInt16BE(begin, 28 + size + index * 2);
    map.writeUInt16BE(delta, 28 + 2 * size + index * 2);
  });
  return map;
}

/** What the font's lookups of type 1 put in the place of a glyph. */
function readSingleSubstitutions(tables: Tables): Map<number, number> {
  const gsub = table(tables, "GSUB");
  const result = new Map<number, number>();
  const lookups = gsub.subarray(gsub.readUInt16BE(8));
  for (let index = 0; index < lookups.readUInt16BE(0); index++) {
    const lookup = lookups.subarray(lookups.readUInt16BE(2 + index * 2));
    if (lookup.readUInt16BE(0) !== 1) continue;
    for (let nth = 0; nth < lookup.readUInt16BE(4); nth++) {
      const subtable = lookup.subarray(lookup.readUInt16BE(6 + nth * 2));
      readCoverage(subtable.subarray(subtable.readUInt16BE(2))).forEach((glyph, place) => {
        const byDelta = subtable.readUInt16BE(0) === 1;
        const instead = byDelta
          ? (glyph + subtable.readInt16BE(4)) & 0xffff
          : subtable.readUInt16BE(6 + place * 2);
        result.set(glyph, instead);
      });
    }
  }
  return result;
}

function readCoverage(coverage: Buffer): number[] {
  const count = coverage.readUInt16BE(2);
  if (coverage.readUInt16BE(0) === 1)
    return Array.from({ length: count }, (_, index) => coverage.readUInt16BE(4 + index * 2));
  return Array.from({ length: count }, (_, index) => {
    const [first, last] = [coverage.readUInt16BE(4 + index * 6), coverage.readUInt16BE(6 + index * 6)];
    return Array.from({ length: last - first + 1 }, (__, nth) => first + nth);
  }).flat();
}
