/** Lists of trunks that are not as they should be. */
import type { FaultRule, RequestLogEntry, Simulator } from "pulumi-plivo/simulator";

const LIST = { method: "GET", path: "Zentrunk/Trunk/", times: Number.POSITIVE_INFINITY };

export const trunksOf =
  ({ store }: Simulator) =>
  () => [...store.trunks.values()];

/** True rows, or what the caller has made of them, with another `meta`. */
export function lying(
  rowsOf: () => readonly object[],
  metaOf: (offset: number) => object | undefined,
  offsetOf = (asked: number) => asked,
): readonly FaultRule[] {
  const respond = ({ query }: Pick<RequestLogEntry, "query">) => {
    const offset = offsetOf(Number(query.offset));
    const objects = rowsOf().slice(offset, offset + Number(query.limit));
    return { status: 200, body: { objects, meta: metaOf(offset) } };
  };
  return [{ ...LIST, do: { kind: "respond", respond } }];
}

/** The page at this offset of the list. */
export const at = (offset: number) => ({
  method: LIST.method,
  path: LIST.path,
  when: ({ query }: Pick<RequestLogEntry, "query">) => query.offset === String(offset),
});
