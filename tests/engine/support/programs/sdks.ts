/** The SDKs of both adapters, for tests of what both promise. */
import * as dynamicSdk from "pulumi-plivo";
import * as pluginSdk from "pulumi-plivo/plugin";

export type Sdk = typeof dynamicSdk;

/** The two have the same classes and arguments (another test compares them); outputs differ in null and undefined. */
export const sdks = { dynamic: dynamicSdk, plugin: pluginSdk as unknown as Sdk };
