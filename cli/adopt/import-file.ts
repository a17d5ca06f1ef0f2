/** For `pulumi import --file`: the same objects under the same names, instead of `import` options. */
import type { Program } from "./program";

export function importFile({ sections }: Program): object {
  const resources = sections.flatMap((section) => section.resources);
  return {
    resources: resources.map(({ token, name, id }) => ({ type: `plivo:index:${token}`, name, id })),
  };
}
