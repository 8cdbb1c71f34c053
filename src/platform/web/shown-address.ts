import { addressWithPlace } from "../places/places.ts";
import type { View } from "./view.ts";

/** A network address on a page, with its rough place where one is known; «—» for none. */
export function shownAddress(view: View, address: string): string {
  return address === "" ? "—" : addressWithPlace(view.places, address, view.language);
}
