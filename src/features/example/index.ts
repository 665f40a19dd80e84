export { tellStory } from "./operations/index.ts";
export { examplePages, VIEW_COOKIE } from "./pages.ts";
