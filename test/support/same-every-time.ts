import fc from "fast-check";

// Loaded before every test file. A run says the same thing as the run before it: what random input finds is found by whoever asks for
// other input, `TEST_SEED=random npm test`, and not by somebody who changed something else.
const asked = process.env["TEST_SEED"];
if (asked !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20_261_123) });
