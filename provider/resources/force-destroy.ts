import { boolean, type Property } from "../lifecycle/index";

/** The way out of a guard. It is an output too, because a delete sees outputs only: it takes effect after an `up`. */
export function forceDestroy(although: string): Property<boolean, "local"> {
  return boolean(
    `Delete even while ${although}. Apply it with \`pulumi up\` before deleting. Changing only this sends no API request.`,
  )
    .local()
    .default(false);
}
