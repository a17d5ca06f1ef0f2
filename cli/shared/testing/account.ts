/** For tests of the commands: an account on a simulator of its own, with a clock that costs no time. */
export { simulatedAccount } from "../../../provider/resources/testing/simulated-account";
