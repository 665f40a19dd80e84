export { maskedAddress, webAddress } from "./address.ts";
export { networkOf, type Resolve } from "./network.ts";
export { LARGEST_ANSWER, requestWeb, type WebAnswer, type WebRequest } from "./request.ts";
export { WebTrouble, type WebTroubleKind } from "./trouble.ts";
