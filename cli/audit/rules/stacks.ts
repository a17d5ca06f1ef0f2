/** The account beside what the given stacks know of it. */
import { resources } from "../../../provider/resources/index";
import { shellArgument } from "../../../provider/text/visible";
import { countOf, shortList } from "../../inventory/describe";
import { keyOf, type LiveObject } from "../../inventory/inventory";
import { trunksOfUnknownNumbers } from "../../inventory/stack-state";
import { type Audited, type Managed, resourceReference } from "../audited";
import { type Finding, finding } from "../finding";
import { type Outcome, type Pending, pendingOf } from "./pending";

/** What the provider makes of a logical name. */
const GENERATED = /^(.+)-[0-9a-f]{7}$/s;

/** Without a stack nothing is known to be managed. */
export function stacks(audited: Audited): readonly Finding[] {
  if (audited.stacks.length === 0) return [];
  const pending = pendingOf(audited);
  const reported = new Set(pending.flatMap(keysOf));
  return [
    ...pending.map(aboutPending),
    ...unconfirmed(audited),
    ...managedTwice(audited),
    ...unmanaged(audited, reported),
  ];
}

/** What is reported as left behind is not reported as unmanaged too. The trunk of a route is no part of it. */
function keysOf({ object, numbers }: Pending): readonly string[] {
  if (numbers.length > 0) return numbers.map((digits) => keyOf("PhoneNumberAttachment", digits));
  return object === undefined ? [] : [keyOf(object.token, object.id)];
}

const BEGUN = "a run that was killed had begun";
const FIX = "`audit --fix` (`pulumi cancel` first, if the run has left the stack locked)";

const ACTIONS: Readonly<Partial<Record<Outcome, string>>> = {
  nothing: `run ${FIX}`,
  "unknown-account":
    "audit with the credentials of its account; if you did, run `pulumi config set plivo:authId <Auth ID>` in the stack, and audit it with --stack",
  unclear: "check in Plivo's console whether it exists; then run `pulumi refresh --clear-pending-creates`",
};

function aboutPending(pending: Pending): Finding {
  const { stack, operation, outcome, object, numbers } = pending;
  const resource = resourceReference(stack, operation);
  if (numbers.length > 0)
    return finding("pending-operation", {
      object,
      resource,
      numbers,
      text: `${BEGUN} creating it, and has routed ${countOf(numbers.length, "phone number")} to this trunk (${shortList(numbers)}); what they were routed to before is in no state`,
      action: `run ${FIX}, which leaves the routes as they are, and then \`pulumi up\`, which takes them over`,
    });
  if (object === undefined)
    return finding("pending-operation", {
      resource,
      text: `${BEGUN} ${operation.type} it${withoutObject(pending)}`,
      action: ACTIONS[outcome] ?? "run `pulumi refresh`",
    });
  return aboutObject(pending, object);
}

function withoutObject({ outcome }: Pending): string {
  if (outcome === "nothing") return "; nothing is left of that at Plivo";
  if (outcome !== "unknown-account") return "";
  return "; whether the stack is of this account is not known, because nothing that it manages is here";
}

function aboutObject({ stack, operation, outcome }: Pending, object: LiveObject): Finding {
  const resource = resourceReference(stack, operation);
  const imports = importLine(operation.name, object);
  if (outcome === "unclear")
    return finding("pending-operation", {
      object,
      resource,
      text: `${BEGUN} creating it; no stack knows this object of its name, which may or may not be what the run has created`,
      action: `delete it in Plivo's console, or ${imports}; then run \`audit --fix\``,
    });
  return finding("abandoned-create", {
    object,
    resource,
    text: `a run that was killed has created it, and no stack knows it${outcome === "used" ? "; something uses it now" : ""}`,
    action: outcome === "used" ? imports : `delete it with ${FIX}, or ${imports}`,
  });
}

function importLine(name: string, { token, id }: LiveObject): string {
  return `import it with \`pulumi import plivo:index:${token} ${shellArgument(name)} ${shellArgument(id)}\` (plugin)`;
}

function unconfirmed({ stacks: all }: Audited): readonly Finding[] {
  return all.flatMap((stack) =>
    stack.state.entries
      .filter(({ unconfirmed: name, otherAccount }) => name !== undefined && otherAccount === undefined)
      .map((entry) =>
        finding("unconfirmed-create", {
          resource: resourceReference(stack, entry),
          text: `its create got no usable response: ${resources[entry.token].noun} "${entry.unconfirmed}" may exist`,
          action: "run `pulumi up`, which checks first",
        }),
      ),
  );
}

function managedTwice({ managed, reading }: Audited): readonly Finding[] {
  return [...managed].flatMap(([key, holders]) => {
    const [first] = holders;
    if (first === undefined || holders.length === 1) return [];
    return [
      finding("managed-twice", {
        object: reading.objects.get(key),
        resource: resourceReference(first.stack, first.entry),
        text: `${countOf(holders.length, "resource")} manage it (${shortList(holders.map(holderText))}): they undo each other's changes, and a delete of one takes it from the others`,
        action: "keep one, and take the others out of their states with `pulumi state delete`",
      }),
    ];
  });
}

function holderText({ stack, entry }: Managed): string {
  return `"${entry.name}" in ${stack.label}`;
}

function unmanaged(audited: Audited, reported: ReadonlySet<string>): readonly Finding[] {
  const isKnown = knownTo(audited);
  const free = [...audited.reading.objects].filter(([key, object]) => !reported.has(key) && !isKnown(key, object));
  const isAttachment = ({ token }: LiveObject) => token === "PhoneNumberAttachment";
  const objects = free.map(([, object]) => object);
  return [
    ...objects.filter((object) => !isAttachment(object)).map((object) => aboutUnmanaged(object, audited)),
    ...attachments(objects.filter(isAttachment), audited),
  ];
}

/** What a state has is known, also what waits for its deletion there, and what an unconfirmed create may have made. */
function knownTo({ managed, stacks: all }: Audited): (key: string, object: LiveObject) => boolean {
  const others = new Set(
    all.flatMap(({ state }) =>
      state.entries.flatMap(({ token, id, unconfirmed: name, isLeaving }) => [
        ...(id !== undefined && isLeaving ? [keyOf(token, id)] : []),
        ...(name === undefined ? [] : [`${token} named ${name}`]),
      ]),
    ),
  );
  const trunks = trunksOfUnknownNumbers(all.flatMap(({ state }) => state.entries));
  const isInSet = ({ token, live }: LiveObject) =>
    token === "PhoneNumberAttachment" && trunks.has(String(live.trunkId));
  return (key, object) =>
    managed.has(key) || others.has(key) || others.has(`${object.token} named ${object.live.name}`) || isInSet(object);
}

function aboutUnmanaged(object: LiveObject, { stacks: all }: Audited): Finding {
  const [, logical] = GENERATED.exec(object.friendlyName) ?? [];
  if (logical === undefined)
    return finding("unmanaged", {
      object,
      text: "no given stack manages it",
      action: "adopt it with `npx pulumi-plivo adopt --update`, or delete it in Plivo's console",
    });
  const owner = all.flatMap((stack) => {
    const entry = stack.state.entries.find(({ token, name }) => token === object.token && name === logical);
    return entry ? [{ stack, entry }] : [];
  })[0];
  return finding("orphan", {
    object,
    resource: owner && resourceReference(owner.stack, owner.entry),
    text: `its name has the form of an auto-name, and no given stack manages it${owner ? `; the name is that of ${holderText(owner)}, which manages another object` : ""}`,
    action: "if no other stack manages it, a run that was killed has left it: delete it in Plivo's console",
  });
}

/** One for each trunk: a call centre has thousands of numbers. */
function attachments(free: readonly LiveObject[], { reading }: Audited): readonly Finding[] {
  const byTrunk = new Map<string, string[]>();
  for (const { id, live } of free) {
    const trunkId = String(live.trunkId);
    const group = byTrunk.get(trunkId) ?? [];
    group.push(id);
    byTrunk.set(trunkId, group);
  }
  return [...byTrunk].map(([trunkId, digits]) =>
    finding("unmanaged", {
      object: reading.objects.get(keyOf("Trunk", trunkId)),
      numbers: digits,
      text: `no given stack manages the route of ${countOf(digits.length, "phone number")} to this trunk (${shortList(digits)})`,
      action: "adopt them with `npx pulumi-plivo adopt --update`",
    }),
  );
}
