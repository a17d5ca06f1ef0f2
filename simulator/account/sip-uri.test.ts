import { expect, test } from "@jest/globals";
import { sipUriProblem } from "./sip-uri";

test.each([
  "pbx.example.com",
  "pbx.example.com:5060",
  "pbx.example.com;transport=udp",
  "pbx.example.com:5061;transport=tls",
  "sip:user@pbx.example.com",
  "sip:user:password@pbx.example.com",
  "my_pbx.example.com",
  "sip.example.com.",
  "sip.example.com.:5060",
  "sip.example.com;transport=tcp;lr",
  "sip:+14155550100@sip.example.com;user=phone",
  "pbx.example.com;transport=ws",
  " sip.example.com ",
  "192.168.1.100",
  "192.168.1.100:5060",
  "10.0.0.1",
  "172.31.0.1:5060",
  "sip:pbx@192.168.1.1",
  "127.0.0.1",
  "localhost",
  "[::1]:5060",
  "[fd00::1]",
  "sips:pbx.example.com",
  "203.0.113.7",
  "[2001:db8::1]:5060",
])("%s is an origination URI", (uri) => {
  expect(sipUriProblem(uri)).toBeUndefined();
});

test.each([
  "",
  "https://pbx.example.com/path",
  "pbx.example.com/path",
  "pbx example.com",
  "pbx.example.com:0",
  "pbx.example.com:65536",
  "pbx.example.com:sip",
  "pbx.example.com; lr",
  "pbx.example.com;lr/path",
  "sip:",
  "sip:user@",
  ":5060",
  "..",
  "[pbx]",
  "999.1.1.1",
  "-pbx.example.com",
])("%j is none", (uri) => {
  expect(sipUriProblem(uri)).toEqual(expect.any(String));
});
