/** SMS over SMPP 3.4, straight to an operator or an aggregator. Why so: docs/decisions/0051-smpp.md. */
import type { OnSmsReport, SmsGateway } from "./gateway.ts";
import { readSmppUrl } from "./smpp-account.ts";
import type { SmppTimes } from "./smpp-gateway.ts";

const NAME = "smpp";

/**
 * `url` is `smpp://ID:PASSWORD@host:port` or `smpps://…` (TLS, the certificate is checked), with `from` and
 * `system_type` in the query. Binds by itself and stays bound until it is closed. Throws `SettingRefused` for
 * an address of no use. The package behind it costs 6 MiB, so it is loaded by whoever has SMPP.
 */
export function createSmppGateway(
  url: URL,
  onReport: OnSmsReport,
  options: { readonly times?: Partial<SmppTimes> } = {},
): SmsGateway {
  const account = readSmppUrl(url);
  const opened = import("./smpp-gateway.ts").then(({ openSmppGateway }) =>
    openSmppGateway(account, (report) => onReport(NAME, report), options.times),
  );
  return {
    name: NAME,
    send: async (sms) => (await opened).send(sms),
    close: async () => (await opened).close(),
  };
}
