export { type GuestFacts, guestPages } from "./pages/index.ts";
