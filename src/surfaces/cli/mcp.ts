import { operations } from "../../features/index.ts";
import { systemClock } from "../../platform/clock.ts";
import type { Config } from "../../platform/config/config.ts";
import { version } from "../../platform/version.ts";
import { serveStdio } from "../mcp/stdio.ts";
import { connect } from "./connection.ts";

/** `throughline mcp`: goes through the running server when there is one, looked up again for every call, as servers come and go. */
export async function mcpCommand(config: Config): Promise<number> {
  await serveStdio({
    operations,
    version,
    clock: systemClock,
    async invoke(operation, input) {
      const connection = await connect(config, version);
      try {
        return await connection.invoke(operation, input);
      } finally {
        await connection.close();
      }
    },
  });
  return 0;
}
