import { addPerson, editPerson, endPerson, listPeople, showPerson } from "./operations.ts";

export { addPerson, editPerson, endPerson, listPeople, requirePerson, showPerson } from "./operations.ts";
export { type Person, type PersonRole, personRoles } from "./schema.ts";

export const peopleOperations = [listPeople, showPerson, addPerson, editPerson, endPerson];
