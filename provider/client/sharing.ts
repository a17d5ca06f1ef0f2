import type { Circumstances } from "./gathering";
import { Looks } from "./looks";
import { ReadBacks } from "./read-backs";
import { SharedReads } from "./shared-reads";

/** What the operations of one client share of one kind of object, so that one call answers many of them. */
export class Sharing<Row, Filter> {
  readonly reads: SharedReads<Row>;
  readonly readBacks: ReadBacks<Row>;
  readonly looks: Looks<Row, Filter>;

  constructor(circumstances: Circumstances) {
    this.reads = new SharedReads(circumstances.clock);
    this.readBacks = new ReadBacks(circumstances);
    this.looks = new Looks(circumstances);
  }

  /** This process is about to write, or has written, the object: what was read of it before counts no more. */
  wrote(id: string): void {
    this.reads.wrote(id);
    this.readBacks.wrote(id);
  }
}
