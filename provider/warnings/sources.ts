/** Where rules are known from, as the documentation names it. */

export const PAGES = "Plivo's API pages";
export const CLIENT = "Plivo's command line client";
export const DISPUTED = "LiveKit's guide and Plivo's client exclude them; Plivo's own pages show some";
export const OURS = "this provider's own limit";
