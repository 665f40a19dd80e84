export { httpApi, type HttpApiFacts } from "./http-api.ts";
export { apiPages } from "./pages.ts";
