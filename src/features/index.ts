import type { AnyOperation } from "../platform/operation.ts";
import { peopleOperations } from "./people/index.ts";
import { recordOperations } from "./record/index.ts";
import { journalOperations } from "./journal/index.ts";
import { deliveryOperations } from "./delivery/index.ts";
import { meetingsOperations } from "./meetings/index.ts";
import { commitmentPages, commitmentsOperations } from "./commitments/index.ts";
import { agendaOperations } from "./agenda/index.ts";
import { recapOperations } from "./recap/index.ts";
import { saveProfile, showProfile } from "./account/operations.ts";
import type { WebRoutes } from "../surfaces/web/kit/web.ts";

/** Everything a person, a program or an assistant can do, in dependency order. The surfaces are derived from this list. */
export const operations: readonly AnyOperation[] = [showProfile, saveProfile, ...peopleOperations, ...recordOperations, ...journalOperations, ...deliveryOperations, ...meetingsOperations, ...commitmentsOperations, ...agendaOperations, ...recapOperations];

/** The pages of every feature, mounted in this order. */
export const featurePages: readonly (() => WebRoutes)[] = [commitmentPages];
