import { composeImpact } from "./operations/composing.ts";
import { improveWording } from "./operations/improving.ts";
import { showVisibility } from "./operations/seeing.ts";
import { scoreImpact } from "./operations/scoring.ts";

export { composeImpact } from "./operations/composing.ts";
export { improveWording } from "./operations/improving.ts";
export { showVisibility } from "./operations/seeing.ts";
export { scoreImpact, scoreStatement } from "./operations/scoring.ts";
export { impactPages } from "./pages/index.ts";
export { withoutGaps } from "./rules/composing.ts";
export {
  type Answer,
  type Band,
  type Composed,
  type Dimension,
  dimensions,
  ImpactScore,
  type ImpactSpan,
  type Scores,
  type Visibility,
} from "./schema.ts";

export const impactOperations = [scoreImpact, composeImpact, improveWording, showVisibility];
