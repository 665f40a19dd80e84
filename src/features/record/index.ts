import { searchRecord, showTimeline, traceEntry } from "./operations.ts";

export { searchRecord, showTimeline, traceEntry } from "./operations.ts";
export { recordPages } from "./pages/index.ts";
export { capturedNotice } from "./pages/noticed.ts";
export {
  dropEntry,
  keepEntry,
  listTags,
  type NewEntry,
  type NewTelling,
  noteTalk,
  noteTelling,
  reindexEntries,
  tagsOf,
  takeBackMail,
  takeBackTalk,
  tellingsOf,
} from "./store.ts";
export {
  type RecordEntry,
  type RecordSource,
  recordSources,
  type Segment,
  type Tag,
  tagKey,
  type TagKind,
  tagKinds,
  type Telling,
  type TellingChannel,
  tellingChannels,
} from "./schema.ts";

export const recordOperations = [showTimeline, searchRecord, traceEntry];
