import * as z from "zod";
import type { OriginationUriRow } from "../account/rows";
import { sipUriProblem } from "../account/sip-uri";
import { ApiError } from "../errors";
import { defineResourceRoute, readBody } from "./resource-route";

const uri = z.string().superRefine((value, context) => {
  const problem = sipUriProblem(value);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

const createBody = z.strictObject({
  name: z.string().optional(),
  uri,
  authentication_needed: z.boolean().optional(),
  username: z.string().nullable().optional(),
  password: z.string().nullable().optional(),
});
const updateBody = createBody.partial();

type Authentication = Pick<OriginationUriRow, "authentication_needed" | "username" | "password">;

/** Where inbound trunks deliver their calls. */
export const originationUri = defineResourceRoute({
  kind: "originationUris",
  what: "An origination URI",
  label: "Origination URI",
  collection: "Zentrunk/URI/",
  idField: "uri_uuid",
  // The password is left out by naming what is shown: a field added later is not shown by accident.
  view: ({ uri_uuid, name, uri: target, authentication_needed, username, created_at, updated_at }) => ({
    uri_uuid,
    name,
    uri: target,
    authentication_needed,
    username,
    // Observed together with the username; that it has the same value is assumed.
    sip_user: username,
    created_at,
    updated_at,
  }),
  create({ store, body }) {
    const given = readBody(createBody, body, 422);
    return store.addOriginationUri({ ...given, ...authentication(given) });
  },
  update({ body }, row) {
    const given = readBody(updateBody, body);
    Object.assign(row, given, { ...pickAuthentication(row), ...authentication(given) });
  },
  // The most dangerous request of the API: the trunks that use the URI go with it.
  remove: ({ store }, id) => store.deleteOriginationUri(id),
});

function pickAuthentication({ authentication_needed, username, password }: Authentication): Authentication {
  return { authentication_needed, username, password };
}

/**
 * The authentication in a body: not given, switched off, or the whole triple. A username or password without
 * the other two is rejected, also when the URI has them already.
 */
function authentication(given: z.infer<typeof updateBody>): Authentication | undefined {
  const { authentication_needed, username, password } = given;
  if (authentication_needed === false) return { authentication_needed, username: null, password: null };
  if (authentication_needed === undefined && !username && !password) return undefined;
  const missing = Object.entries({ authentication_needed, username, password }).find(([, value]) => !value);
  if (missing) throw new ApiError(422, `${missing[0]} is required: send all three of authentication`);
  return { authentication_needed: true, username: username ?? null, password: password ?? null };
}
