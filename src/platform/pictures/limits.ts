/** What may be sent: phones write 2 to 5 MB. */
export const MOST_BYTES = 5 * 1024 * 1024;
/**
 * 6,000 by 4,000, as large cameras take them. Measured, the whole process: 90 to 200 MiB, 310 MiB for the
 * worst (interlaced PNG with 16 bits).
 */
export const MOST_PIXELS = 24_000_000;
/** Four times what the page shows, for screens with fine pixels. */
export const SIDE_PIXELS = 256;
/** A photographed page can be read at this size. */
export const PAGE_PIXELS = 2_000;

/** A photo of a person fills a square; a logo is kept whole, on a white ground; a page may be read. */
export type Shape = "photo" | "logo" | "page";

/** How the process tells why it made nothing. */
export const refusalCodes = { "too-many-pixels": 10, broken: 11 } as const;
