/** The page in a real browser: what is rendered is tested over HTTP, here only what a browser makes of it. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { source as axe } from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { Seed } from "../index";
import { setup } from "../testing/setup";

const seed: Seed = {
  originationUris: [
    { uri_uuid: "fra", name: "pbx-fra", uri: "a-rather-long-name-of-a-host.fra.example.com:5061;transport=tls" },
    { uri_uuid: "lon", name: "pbx-lon", uri: "lon.example.com" },
  ],
  credentials: [{ credential_uuid: "cred", name: "asterisk", username: "asterisk1", password: "secret#1" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl", name: "offices", ip_addresses: ["192.0.2.0/24"] }],
  trunks: [
    { trunk_id: "1", name: "eu-in", trunk_direction: "inbound", primary_uri_uuid: "fra", fallback_uri_uuid: "lon" },
    { trunk_id: "2", name: "uk-in", trunk_direction: "inbound", primary_uri_uuid: "lon", trunk_status: "disabled" },
    { trunk_id: "3", name: "out", trunk_direction: "outbound", credential_uuid: "cred", ipacl_uuid: "acl" },
  ],
  numbers: [
    ...Array.from({ length: 12 }, (_, index) => ({ number: String(14_155_550_100 + index), app_id: "1" })),
    { number: "442071838750", app_id: "3", alias: "<img src=x onerror=alert(1)>" },
  ],
};

const executable = findChromium();

function findChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const paths = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const testInBrowser = executable === undefined ? test.skip : test;
const reason = executable === undefined ? " (skipped: Chromium is not installed)" : "";

let browser: Browser;

beforeAll(async () => {
  if (executable !== undefined) browser = await chromium.launch({ executablePath: executable });
});

afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});

afterAll(() => browser?.close());

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

/** Opens the page, and collects what goes wrong in it. */
async function openPage(url: string, options: BrowserContextOptions = {}): Promise<{ page: Page; problems: string[] }> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(15_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", (dialog) => problems.push(dialog.message()));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(new URL("/", url).href);
  return { page, problems };
}

const isLive = (page: Page) => page.getByText("Changes are shown as they happen.").waitFor();
const node = (page: Page, name: string) => page.locator(`svg a[aria-label^="${name}"]`);

testInBrowser(
  `a click of the intruder and a request of the API show in every open page, without a reload${reason}`,
  async () => {
    const { simulator, request } = await setup({ seed });
    const { page, problems } = await openPage(simulator.url);
    const { page: other } = await openPage(simulator.url);
    await Promise.all([isLive(page), isLive(other)]);
    await other.evaluate("globalThis.isSamePage = true");
    await node(page, "Primary URI pbx-lon").click();
    expect(await page.locator("#impact").textContent()).toContain("eu-in, uk-in. 12 numbers");
    expect(await page.locator("svg .hit").count()).toBe(6);
    await page.getByRole("button", { name: "Delete as Plivo does" }).click();
    await node(other, "Inbound trunk eu-in").waitFor({ state: "detached" });
    await page.getByText("Not there any more").waitFor();
    await request("POST", "Zentrunk/Trunk/", { name: "new-in", trunk_direction: "inbound", primary_uri_uuid: "fra" });
    await Promise.all([page, other].map((one) => node(one, "Inbound trunk new-in").waitFor()));
    expect(await other.locator("#news").textContent()).toBe("Last change: POST Zentrunk/Trunk/ by the API.");
    expect(await other.evaluate("isSamePage")).toBe(true);
    await simulator.close();
    await other.getByText("Not connected").waitFor();
    expect(problems.filter((problem) => !problem.includes("ERR_"))).toEqual([]);
  },
);

testInBrowser(`the keyboard alone selects an object, acts on it and returns to where it was${reason}`, async () => {
  const { simulator } = await setup({ seed });
  const { page, problems } = await openPage(simulator.url);
  await isLive(page);
  const label = () =>
    page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
  const press = async (key: string, until: string) => {
    for (let count = 0; count < 60 && !String(await label()).startsWith(until); count++) await page.keyboard.press(key);
    expect(await label()).toMatch(new RegExp(`^${until}`));
  };
  await press("Tab", "Inbound trunk eu-in");
  expect(await page.evaluate("getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth")).toBe("5px");
  await page.keyboard.press("Enter");
  await page.locator("#selected:focus").waitFor();
  await press("Tab", "Disable the trunk");
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Enable the trunk" }).waitFor();
  expect(simulator.store.trunks.get("1")?.trunk_status).toBe("disabled");
  await page.keyboard.press("Escape");
  await page.locator("#selected").waitFor({ state: "detached" });
  await page.locator('svg a:focus[aria-label^="Inbound trunk eu-in"]').waitFor();
  expect(problems).toEqual([]);
});

testInBrowser(
  `what is typed, and where the focus is, outlives a live update; a refusal is read out${reason}`,
  async () => {
    const { simulator, request } = await setup({ seed });
    const { page } = await openPage(simulator.url);
    await isLive(page);
    await node(page, "Address list offices").click();
    const field = page.getByLabel("Addresses and ranges, one a line");
    await field.fill("not an address");
    await request("POST", "Zentrunk/Trunk/2/", { trunk_status: "enabled" });
    await node(page, "Inbound trunk uk-in, 2.zt.plivo.com, disabled").waitFor({ state: "detached" });
    expect(await field.inputValue()).toBe("not an address");
    expect(await page.evaluate("document.activeElement.localName")).toBe("textarea");
    await page.getByRole("button", { name: "Change the addresses" }).click();
    await page.getByRole("alert").getByText("is not an IP address").waitFor();
    await node(page, "Number +14155550100").click();
    await page.getByLabel("Move it to").selectOption("out (outbound)");
    await request("POST", "Zentrunk/Trunk/1/", { trunk_status: "disabled" });
    await node(page, "Inbound trunk eu-in, 1.zt.plivo.com, disabled").waitFor();
    await page.getByRole("button", { name: "Move" }).click();
    await page.locator(".panel").getByText("Attached to out").waitFor();
  },
);

testInBrowser(`without JavaScript, links select and forms act${reason}`, async () => {
  const { simulator } = await setup({ seed });
  const { page } = await openPage(simulator.url, { javaScriptEnabled: false });
  await node(page, "Inbound trunk eu-in").click();
  await page.getByRole("button", { name: "Disable the trunk" }).click();
  await page.getByRole("button", { name: "Enable the trunk" }).waitFor();
  expect(simulator.store.trunks.get("1")?.trunk_status).toBe("disabled");
});

testInBrowser.each([
  { colorScheme: "light", widths: [400, 1400] },
  { colorScheme: "dark", widths: [1400, 400] },
] as const)(
  `in the $colorScheme scheme the page fits at $widths pixels, and axe has no objection at the last${reason}`,
  async ({ colorScheme, widths }) => {
    const { simulator, request } = await setup({ seed });
    await request("GET", "Zentrunk/Trunk/?limit=20&offset=0&trunk_direction=inbound");
    const { page, problems } = await openPage(simulator.url, { colorScheme, reducedMotion: "reduce" });
    await isLive(page);
    await page.locator("summary").click();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const name of ["Primary URI pbx-fra", "Number +442071838750", "Address list offices"]) {
        await node(page, name).click({ force: true });
        await page
          .locator("#selected:focus")
          .getByText(name.split(" ").at(-1) ?? "")
          .waitFor();
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      }
    }
    await page.evaluate(axe);
    const found = await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(STANDARDS)} })`);
    const { violations } = found as { violations: { id: string; nodes: { html: string }[] }[] };
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background).toBe({ light: "rgb(244, 245, 247)", dark: "rgb(20, 22, 26)" }[colorScheme]);
    await request("DELETE", "Zentrunk/Trunk/2/");
    await node(page, "Inbound trunk uk-in").waitFor({ state: "detached" });
    expect(await page.evaluate("document.getAnimations().length")).toBe(0);
    expect(problems).toEqual([]);
  },
);
