/** Debian's Apache with mod_auth_openidc as a portal: a client that nobody of us has written. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { send } from "../walker.ts";

const program = "/usr/sbin/apache2";
const modules = "/usr/lib/apache2/modules";
const used = [
  "mpm_event",
  "authn_core",
  "authz_core",
  "authz_user",
  "headers",
  "dir",
  "mime",
  "auth_openidc",
];

/** Whether the package is there: `apt-get install apache2-bin libapache2-mod-auth-openidc`. */
export function apacheIsThere(): boolean {
  return existsSync(program) && existsSync(`${modules}/mod_auth_openidc.so`);
}

export interface Apache {
  /** The page behind the sign-in. */
  readonly url: string;
  /** What it wrote into its error log. */
  log(): string;
  stop(): Promise<void>;
}

export const callback = (port: number) => `http://localhost:${port}/callback`;

export async function startApache(wish: {
  port: number;
  issuer: string;
  clientId: string;
  secret: string;
}): Promise<Apache> {
  const { port, issuer, clientId, secret } = wish;
  const folder = mkdtempSync(join(tmpdir(), "propusk-apache-"));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "site"));
  writeFileSync(join(folder, "site", "index.html"), "<h1>The portal</h1>");
  const log = join(folder, "error.log");
  const asRoot = process.getuid?.() === 0;
  writeFileSync(
    join(folder, "apache.conf"),
    `ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
ErrorLog ${log}
LogLevel warn auth_openidc:info
DefaultRuntimeDir ${folder}
Mutex file:${folder} default
${used.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join("\n")}
${asRoot ? "User www-data\nGroup www-data" : ""}
TypesConfig /etc/mime.types
DocumentRoot ${folder}/site
DirectoryIndex index.html
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${secret}
OIDCRedirectURI ${callback(port)}
OIDCCryptoPassphrase a-passphrase-of-this-test-alone
OIDCPKCEMethod S256
OIDCScope "openid profile email"
OIDCRemoteUserClaim email
OIDCSessionInactivityTimeout 3600
<Location />
  AuthType openid-connect
  Require valid-user
  Header always set X-Person "expr=%{REMOTE_USER}"
</Location>
`,
  );
  const child = spawn(program, ["-D", "FOREGROUND", "-f", join(folder, "apache.conf")], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = `http://localhost:${port}/`;
  await answering(child, url, () => readLog(log));
  return {
    url,
    log: () => readLog(log),
    async stop() {
      if (child.exitCode === null) {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answering(child: ChildProcess, url: string, log: () => string): Promise<void> {
  let said = "";
  child.stderr?.on("data", (part) => {
    said += String(part);
  });
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) throw new Error(`apache ended with ${child.exitCode}: ${said}${log()}`);
    const answer = await send(url).catch(() => undefined);
    if (answer) return;
    await sleep(50);
  }
  throw new Error(`apache does not answer: ${said}${log()}`);
}

function readLog(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
