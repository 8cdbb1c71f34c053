import type { Row } from "../report.ts";
import { type Issuer, severalAtOnce, startBareIssuer, startPropuskIssuer } from "../rig/issuers.ts";
import { type Effort, loadTurn, rateRatio, type Turn, takeTurns, tell } from "../rig/rounds.ts";

/** Codes in one turn; each opens once, and lives for a minute. */
const taking = 1_000;
const connections = 16;

/**
 * What portals ask: codes for tokens, refresh tokens for the next ones, and who somebody is. Beside the
 * protocol's library alone, which keeps everything in memory and asks nobody whether it still holds.
 */
export async function measureOidc({ rounds, seconds, isQuick }: Effort): Promise<Row[]> {
  const count = isQuick ? taking / 4 : taking;
  const ours = await startPropuskIssuer();
  const bare = await startBareIssuer();
  const pace = { kind: "closed", connections } as const;
  const once = async ({ server }: Issuer, requests: string[]): Promise<Turn> => {
    await server.settled();
    return loadTurn(server, { requests, repeat: false, seconds: 60, pace });
  };
  const exchange = (issuer: Issuer) => async () =>
    once(issuer, (await issuer.codes(count)).map(issuer.exchange));
  const refresh = (issuer: Issuer) => async () => {
    const tokens = await severalAtOnce(await issuer.codes(count), issuer.tokens);
    return once(
      issuer,
      tokens.map((each) => issuer.refresh(each.refresh)),
    );
  };
  const userinfo = (issuer: Issuer) => async () => {
    const tokens = await severalAtOnce(await issuer.codes(50), issuer.tokens);
    await issuer.server.settled();
    const requests = tokens.map(({ access }) => issuer.userinfo(access));
    return loadTurn(issuer.server, { requests, repeat: true, seconds, pace });
  };
  const turns = await takeTurns(rounds, [ours.server, bare.server], {
    ourCodes: exchange(ours),
    bareCodes: exchange(bare),
    ourRefreshes: refresh(ours),
    bareRefreshes: refresh(bare),
    ourUserinfo: userinfo(ours),
    bareUserinfo: userinfo(bare),
  });
  await Promise.all([ours.stop(), bare.stop()]);
  const row = (figure: string, mine: Turn[], theirs: Turn[]): Row => ({
    figure,
    ours: tell(mine),
    beside: `${tell(theirs)} bare oidc-provider, in memory`,
    ratio: rateRatio(mine, theirs),
  });
  return [
    row("Codes exchanged for tokens, one core", turns.ourCodes, turns.bareCodes),
    row("Refresh tokens exchanged, one core", turns.ourRefreshes, turns.bareRefreshes),
    row("Userinfo, one core", turns.ourUserinfo, turns.bareUserinfo),
  ];
}
