export * from "./formats";
export * from "./rules";
export { isHost, parseSipUri, type SipUri } from "./sip-uri";
export { CLIENT, OURS, PAGES } from "./sources";
export { type Warning, type WarningRule, warningsOf } from "./warning-rule";
