import { addPerson, editPerson, listPeople, showPerson } from "./operations.ts";

export { addPerson, addSuccessor, editPerson, listPeople, notePersonEnded, requirePerson, showPerson } from "./operations.ts";
export { peoplePages, personFields, personInput, roleNames } from "./pages.ts";
export { Person, type PersonRole, personRoles } from "./schema.ts";

export const peopleOperations = [listPeople, showPerson, addPerson, editPerson];
