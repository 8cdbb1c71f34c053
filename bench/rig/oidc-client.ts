/** The portal of the bench, as every issuer knows it. */
import { createHash } from "node:crypto";

export const redirect = "https://portal.example/cb";
export const scope = "openid profile email";
/** Of the bare library's client; Propusk makes its portal's. */
export const clientSecret = "a secret of this bench alone, 43 signs long.";
export const verifier = "v".repeat(43);
export const challenge = createHash("sha256").update(verifier).digest("base64url");
