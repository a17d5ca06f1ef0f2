/** What is used of libphonenumber, so that the bundles hold no more of it; `max` knows every range of each plan. */
export { type PhoneNumber, parsePhoneNumberFromString, validatePhoneNumberLength } from "libphonenumber-js/max";
