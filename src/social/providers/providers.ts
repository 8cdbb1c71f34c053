/** The table of presets. A new service gets its file, its line here, and its entry in the catalogue. */
import type { ServiceId } from "../../identities/identities.ts";
import { apple } from "./apple.ts";
import { github } from "./github.ts";
import { google } from "./google.ts";
import { microsoft } from "./microsoft.ts";
import { oidc } from "./oidc.ts";
import type { Preset } from "./preset.ts";
import { sber } from "./sber.ts";
import { telegram } from "./telegram.ts";
import { tid } from "./tid.ts";
import { vk } from "./vk.ts";
import { yandex } from "./yandex.ts";

export const presets: Readonly<Record<ServiceId, Preset>> = {
  yandex,
  vk,
  sber,
  tid,
  google,
  apple,
  microsoft,
  github,
  telegram,
  oidc,
};
