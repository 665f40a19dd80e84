export { mcpEndpoint, type McpEndpointFacts } from "./http.ts";
