import {
  captureThought,
  deleteCapture,
  editCapture,
  listCaptures,
  listNames,
  resolveCapture,
  restoreCapture,
  showCapture,
  showHistory,
} from "./operations.ts";

export {
  captureThought,
  deleteCapture,
  editCapture,
  listCaptures,
  listNames,
  openObstacles,
  requireCapture,
  resolveCapture,
  restoreCapture,
  showCapture,
  showHistory,
  unsharedWins,
} from "./operations.ts";
export { journalPages } from "./pages/index.ts";
export { kindLabels } from "./pages/form.ts";
export { Capture, type CaptureKind, captureKinds } from "./schema.ts";

export const journalOperations = [
  captureThought,
  listCaptures,
  showCapture,
  editCapture,
  deleteCapture,
  restoreCapture,
  resolveCapture,
  showHistory,
  listNames,
];
