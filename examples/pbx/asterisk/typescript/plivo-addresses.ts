/** Where Plivo's calls come from, by region; any region may carry a call. As of October 2026: see the README. */
export const plivoAddresses = [
  "13.52.9.0/25", // California
  "216.120.187.128/26",
  "18.214.109.128/25", // Virginia
  "18.215.142.0/26",
  "204.89.148.128/26",
  "3.120.121.128/26", // Frankfurt
  "18.228.70.64/26", // Sao Paulo
  "54.233.191.0/27",
  "13.238.202.192/26", // Sydney
  "18.136.1.128/26", // Singapore
  "204.89.149.128/27",
  "15.207.90.192/31", // India
  "204.89.151.128/27",
  "204.89.151.160/27",
];
