/** Where Pulumi downloads the plugin from: the same as in the schema, and so in the SDKs. */
export const DOWNLOAD_URL = "github://api.github.com/pulumi-plivo/pulumi-plivo";
