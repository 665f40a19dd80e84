import { editSeed, openSeed, plantSeed, reopenSeed, restSeed, settleSeed } from "./operations/keeping.ts";
import { revisitSeed, takeBackMention } from "./operations/mentioning.ts";
import { listSeeds, showSeed, showSeedHistory } from "./operations/seeds.ts";

export { editSeed, openSeed, plantSeed, reopenSeed, restSeed, settleSeed } from "./operations/keeping.ts";
export { bindSeed, isSeedLine, revisitSeed, seedLine, takeBackMention } from "./operations/mentioning.ts";
export { listSeeds, seedToRevisit, showSeed, showSeedHistory } from "./operations/seeds.ts";
export { seedPages } from "./pages/index.ts";
export { REVISIT_DAYS } from "./rules/seeds.ts";
export { PlantInput, type Seed, type SeedState, seedStates } from "./schema.ts";

export const seedsOperations = [
  listSeeds,
  showSeed,
  showSeedHistory,
  plantSeed,
  revisitSeed,
  takeBackMention,
  openSeed,
  settleSeed,
  restSeed,
  reopenSeed,
  editSeed,
];
