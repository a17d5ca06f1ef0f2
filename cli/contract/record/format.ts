/** The first key of a record: what it is, and in which version. */
export const FORMAT = "pulumi-plivo contract 1";
