const BASE = "https://propusk.invalid";

/**
 * Where to go afterwards: a path of our own site, or "/me". Judged by the URL parser that browsers share, so
 * `//evil`, `/\evil` and control characters lead nowhere; nor does `/./\evil`, which only becomes `//evil` by
 * being parsed.
 */
export function ownPath(wished: string | undefined): string {
  if (!wished?.startsWith("/") || wished.length > 2_000 || !URL.canParse(wished, BASE)) return "/me";
  const url = new URL(wished, BASE);
  return url.origin === BASE && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/me";
}
