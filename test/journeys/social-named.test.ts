/** Google, Microsoft and Telegram by their own rules: whose word about an e-mail counts, and whose issuer. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import {
  google,
  microsoft,
  microsoftIssuer,
  type NamedService,
  namedSettings,
  personalTenant,
  startNamed,
  telegram,
  tenant,
  throughNamed,
} from "../outside/named-providers.ts";
import { anna } from "../outside/steps.ts";
import { isSignedIn, signedIn } from "../steps.ts";
import { visitor } from "../walker.ts";
import type { World } from "../world.ts";

const providers = {
  google: await startNamed(google),
  microsoft: await startNamed(microsoft),
  telegram: await startNamed(telegram),
};
const settings = { ...namedSettings(google), ...namedSettings(microsoft), ...namedSettings(telegram) };
const unknown = ({ button }: NamedService) => `Этот аккаунт ${button} ни к кому не привязан`;

/** Comes in by the sign-in page with these claims; the heading that it ends at. */
async function arrive(world: World, service: NamedService, claims: object): Promise<string> {
  const id = service.id.toLowerCase() as keyof typeof providers;
  providers[id].says(claims);
  const person = visitor(world);
  await person.visit("/sign-in");
  const left = await throughNamed(person, service, providers[id]);
  assert.equal(left.href.split("?")[0], service.metadata.authorization_endpoint);
  assert.ok(service.namesClient(providers[id].tokenRequests().at(-1) as never), "names the client");
  assert.equal(person.page.heading === "Моя страница", await isSignedIn(person));
  return person.page.heading.replaceAll("\u00a0", " ");
}

journey(
  "SO2 SO1 Google's word counts for the mailboxes that it runs and for no others, and only as true",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson({ login: "vera", password: anna.password, email: "vera.k@gmail.com" });
    const unproven = {
      "no domain of Google's": { hd: undefined },
      "a text": { email_verified: "true" },
      "a number": { email_verified: 1 },
      nothing: { email_verified: undefined },
      no: { email_verified: false },
    };
    for (const [why, claims] of Object.entries(unproven)) {
      assert.equal(await arrive(world, google, claims), unknown(google), why);
    }
    assert.equal(await arrive(world, google, {}), "Моя страница");
    assert.equal(await arrive(world, google, { email: "else@else.example", hd: undefined }), "Моя страница");
    const gmail = { sub: "2", hd: undefined, email: "Vera.K@gmail.com" };
    assert.equal(await arrive(world, google, gmail), "Моя страница");
  },
  { settings },
);

journey(
  "SO2 SO6 Microsoft's tokens name the tenant's own issuer, and its e-mails count with xms_edov true alone",
  async (world) => {
    await world.addPerson(anna);
    for (const xms_edov of [undefined, false, "true", "1", 1, ["true"], [true], { value: true }]) {
      assert.equal(
        await arrive(world, microsoft, { xms_edov }),
        unknown(microsoft),
        JSON.stringify(xms_edov),
      );
    }
    // email_verified is a claim that any tenant could add; Microsoft's own word is the other one.
    assert.equal(await arrive(world, microsoft, { email_verified: true }), unknown(microsoft));

    const broken = {
      "the issuer of another tenant": { iss: microsoftIssuer(personalTenant) },
      "the template itself": { iss: microsoft.metadata.issuer },
      "no tenant": { tid: undefined },
      "a tenant that is none": { tid: "common", iss: microsoftIssuer("common") },
      "another host": { iss: `https://login.microsoftonline.com.evil.example/${tenant}/v2.0` },
    };
    for (const [why, claims] of Object.entries(broken)) {
      const heading = await arrive(world, microsoft, { xms_edov: true, ...claims });
      assert.equal(heading, "Ответ Microsoft не принят", why);
    }
    assert.equal(await arrive(world, microsoft, { xms_edov: true }), "Моя страница");
    assert.equal(await arrive(world, microsoft, { email: undefined }), "Моя страница", "linked from then on");
    const elsewhere = { tid: personalTenant, iss: microsoftIssuer(personalTenant) };
    assert.equal(
      await arrive(world, microsoft, elsewhere),
      unknown(microsoft),
      "the same sub of another tenant",
    );
  },
  { settings },
);

const organizations: NamedService = {
  ...microsoft,
  discovery: microsoft.discovery.replace("/common/", "/organizations/"),
  metadata: {
    ...microsoft.metadata,
    authorization_endpoint: microsoft.metadata.authorization_endpoint.replace("/common/", "/organizations/"),
    token_endpoint: microsoft.metadata.token_endpoint.replace("/common/", "/organizations/"),
    jwks_uri: microsoft.metadata.jwks_uri.replace("/common/", "/organizations/"),
  },
};
const ofWork = await startNamed(organizations);

journey(
  "SO6 with the tenant organizations no personal account of Microsoft comes in",
  async (world) => {
    await world.addPerson(anna);
    const heading = async (claims: object) => {
      ofWork.says({ xms_edov: true, ...claims });
      const person = visitor(world);
      await person.visit("/sign-in");
      await throughNamed(person, organizations, ofWork);
      return person.page.heading;
    };
    const personal = { tid: personalTenant, iss: microsoftIssuer(personalTenant) };
    assert.equal(await heading(personal), "Ответ Microsoft не принят");
    assert.equal(await heading({}), "Моя страница");
  },
  {
    settings: { ...settings, SOCIAL_MICROSOFT_ISSUER: microsoftIssuer("organizations") },
    embeddedOnly: true,
  },
);

journey(
  "M7 SO1 Telegram tells no e-mail, and a phone that it tells links nobody; linked, it opens the account",
  async (world) => {
    await world.addPerson({ ...anna, phone: "+79161234567" });
    const phone = { phone_number: "+79161234567", phone_number_verified: true };
    const mail = { email: "anna@romashka.example", email_verified: true };
    assert.equal(await arrive(world, telegram, { ...phone, ...mail }), unknown(telegram));
    const owner = await signedIn(world, anna);
    await owner.visit("/me/social");
    providers.telegram.says(phone);
    const left = await throughNamed(owner, telegram, providers.telegram);
    assert.equal(left.searchParams.get("scope"), "openid profile", "no phone is asked for");
    assert.ok(owner.page.text.includes("Telegram привязан"));
    assert.ok(owner.page.text.includes("Анна Петрова"));
    assert.equal(await arrive(world, telegram, { name: undefined }), "Моя страница");
  },
  { settings },
);
