/** The report in each format. */
import type { Format } from "../options";
import { asGithub } from "./github";
import { asHtml } from "./html";
import { asJson } from "./json";
import type { Report } from "./report";
import { asSarif } from "./sarif";
import { asText } from "./text";

export type { Report } from "./report";

export const renderings: Readonly<Record<Format, (report: Report) => string>> = {
  text: (report) => asText(report),
  json: asJson,
  sarif: asSarif,
  github: asGithub,
  html: asHtml,
};
