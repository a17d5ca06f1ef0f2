/** Credentials: which usernames and passwords are accepted. */

import { make, newPassword, newUsername, verdict } from "../account/make";
import { asks, type Experiment, expects, type Lab } from "../fact";

const lengths = ["5-20", "other"] as const;
const verdicts = ["accepted", "rejected"] as const;

const usernameLength = expects("username-length", "How long may a username be?", lengths, ["observed", "5-20"]);
const passwordLength = expects("password-length", "How long may a password be?", lengths, ["observed", "5-20"]);
export const underscore = asks("username-underscore", "A username with an underscore?", verdicts);
export const withoutSign = asks("password-without-sign", "A password of letters and digits alone?", verdicts);
const otherSign = asks("password-other-sign", "A password with a sign that no rule lists, such as `-`?", verdicts);
const alone = expects("password-alone", "An update of the password without the username?", verdicts, [
  "observed",
  "rejected",
]);

const SIZES = [4, 5, 20, 21] as const;

async function run(lab: Lab): Promise<void> {
  const fill = (start: string, size: number) => `${start}${lab.random()}${lab.random()}`.slice(0, size);
  const name = () => newUsername(lab);
  const password = () => newPassword(lab);
  const accepts = async (username: string, secret: string) => {
    const made = await lab.own.create("credentials", { username, password: secret });
    if ("refused" in made) return "rejected";
    await lab.own.remove(made);
    return "accepted";
  };
  const taken = async (probe: (size: number) => Promise<string>) => {
    const results: string[] = [];
    for (const size of SIZES) if ((await probe(size)) === "accepted") results.push(String(size));
    return results.join(", ");
  };
  const usernames = await taken((size) => accepts(fill("u", size), password()));
  lab.found(usernameLength, usernames === "5, 20" ? "5-20" : "other", `of 4, 5, 20, 21: ${usernames || "none"}`);
  const passwords = await taken((size) => accepts(name(), fill("A1#", size)));
  lab.found(passwordLength, passwords === "5, 20" ? "5-20" : "other", `of 4, 5, 20, 21: ${passwords || "none"}`);
  lab.found(underscore, await accepts(`u_${lab.random()}`, password()));
  lab.found(withoutSign, await accepts(name(), `Aa1${lab.random()}`));
  lab.found(otherSign, await accepts(name(), `Aa1#-${lab.random()}`));
  const credential = await make.credential(lab);
  lab.found(alone, verdict(await lab.api.update(lab.own.path(credential), { password: password() })));
}

export const credentials: Experiment = {
  title: "usernames and passwords",
  facts: [usernameLength, passwordLength, underscore, withoutSign, otherSign, alone],
  makes: "up to 12 credentials, one after the other",
  run,
};
