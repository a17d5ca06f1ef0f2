import * as z from "zod";
import type { Behaviour } from "../behaviour";
import { ApiError } from "../errors";
import { defineResourceRoute, readBody } from "./resource-route";

const ofUsualLength = z.string().min(5, "must be 5-20 characters").max(20, "must be 5-20 characters");

const lenient = z.strictObject({ name: z.string().optional(), username: ofUsualLength, password: ofUsualLength });

const strict = lenient.extend({
  username: ofUsualLength.regex(/^[A-Za-z0-9]*$/, "must be letters and digits"),
  password: ofUsualLength
    .regex(/^[A-Za-z0-9~!@#$%^&*()_+]*$/, "must be letters, digits and ~!@#$%^&*()_+")
    .regex(/[~!@#$%^&*()_+]/, "must hold at least one of ~!@#$%^&*()_+"),
});

const createBody = ({ strictCredentials }: Behaviour) => (strictCredentials ? strict : lenient);

/** SIP usernames and passwords. */
export const credential = defineResourceRoute({
  kind: "credentials",
  what: "A credential",
  label: "credential",
  collection: "Zentrunk/Credential/",
  idField: "credential_uuid",
  // The password is left out by naming what is shown: a field added later is not shown by accident.
  view: ({ credential_uuid, name, username: user, created_at, updated_at }) => ({
    credential_uuid,
    name,
    username: user,
    created_at,
    updated_at,
  }),
  create: ({ store, behaviour, body }) => store.addCredential(readBody(createBody(behaviour), body, 422)),
  update(request, row) {
    const given = readBody(createBody(request.behaviour).partial(), request.body);
    if (given.password !== undefined && given.username === undefined) {
      throw new ApiError(400, "username is required with a password");
    }
    // The trap: every update rewrites the password, one that leaves it out blanks it.
    Object.assign(row, { password: "" }, given);
  },
  remove({ store, behaviour }, id) {
    store.credentials.delete(id);
    if (behaviour.deletedReference === "null") store.forget("credentials", id);
  },
});
