import { exitCodeOf } from "./errors";
import { Output } from "./output";

/** stdout has one document whatever happens; stderr and the exit code are those of every command. */
export async function reportingAsJson(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    new Output(process.stdout).json({ error: { message: messageOf(error), exitCode: exitCodeOf(error) } });
    throw error;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
