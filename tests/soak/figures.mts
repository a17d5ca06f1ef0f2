/** What a soak has come to. */
import { createServer } from "node:net";
import { WrongObjects } from "../invariants/life.js";

export interface Figures {
  cases: number;
  failures: number;
  requests: number;
  lost: number;
  doubled: number;
  other: number;
}

export function noFigures(): Figures {
  return { cases: 0, failures: 0, requests: 0, lost: 0, doubled: 0, other: 0 };
}

export function note(figures: Figures, error: unknown): void {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof WrongObjects)) {
    figures.other += 1;
    return;
  }
  figures.lost += cause.lost.length;
  figures.doubled += cause.doubled.length;
}

export function brokenText({ lost, doubled, other }: Figures): string {
  return `${lost} lost, ${doubled} doubled, ${other} broken otherwise`;
}

export function isSound({ lost, doubled, other }: Figures): boolean {
  return lost + doubled + other === 0;
}

/** One for all cases: the client keeps what it knows of an account for as long as its process lives. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
