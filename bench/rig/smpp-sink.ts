/** Takes every SMS; tells its address. */
import { startSmppSink } from "../../test/smpp-sink.ts";

const sink = await startSmppSink();
process.send?.(sink.url);
