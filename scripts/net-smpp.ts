/** Net::SMPP, of which the tests' foreign SMS centre is made: found, or installed where that is our task. */
import { spawnSync } from "node:child_process";
import { installPackages } from "./packages.ts";

/** The package of Debian. */
export const netSmppPackage = "libnet-smpp-perl";

export function hasNetSmpp(): boolean {
  return spawnSync("perl", ["-MNet::SMPP", "-MJSON::PP", "-e", "1"]).status === 0;
}

/** Installs it when it is missing. Where that cannot be done the tests say so themselves. */
export function provideNetSmpp(): void {
  if (!hasNetSmpp()) installPackages(netSmppPackage);
}
