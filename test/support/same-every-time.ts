import fc from "fast-check";
import { runSeed } from "./seed.ts";

// Loaded before every test file: what random input finds is found by whoever asks for other input, not by somebody who changed something else.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: runSeed() });
